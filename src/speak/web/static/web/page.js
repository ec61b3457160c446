// Small comforts. Every page works without them.

// Moments: the full date, in the reader's own zone and language.
const full = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "short" });
for (const moment of document.querySelectorAll("time[datetime]")) {
  moment.title = full.format(new Date(moment.dateTime));
}

// Whoever has not said by which clock they live is offered the one of this device.
const clocks = document.querySelector("select[data-time-zone]");
if (clocks && !clocks.value) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...clocks.options].some((option) => option.value === zone)) clocks.value = zone;
}

for (const box of document.querySelectorAll("form.compose")) {
  const words = box.querySelector("textarea");
  let isSaid = false;

  // Ctrl or Command with Enter says it.
  words.addEventListener("keydown", (press) => {
    if (press.key === "Enter" && (press.ctrlKey || press.metaKey)) {
      box.requestSubmit(box.querySelector("button[value=say]"));
    }
  });

  // Words that were typed and not said are not lost by leaving.
  box.addEventListener("submit", () => { isSaid = true; });
  window.addEventListener("pageshow", () => { isSaid = false; });
  window.addEventListener("beforeunload", (leaving) => {
    if (!isSaid && words.value !== words.defaultValue) leaving.preventDefault();
  });

  // The next place for a picture shows once the one before is taken.
  const places = [...box.querySelectorAll(".picture-field:has(input[type=file])")];
  const showPlaces = () => {
    places.forEach((place, index) => {
      place.hidden = index > 0 && !places[index - 1].querySelector("input[type=file]").files.length;
    });
  };
  box.addEventListener("change", showPlaces);
  showPlaces();
}

// What is under way is asked for again, until it is done.
const underWay = document.querySelector("[data-again]");
if (underWay) {
  const again = async () => {
    const answer = await fetch(location.href).catch(() => null);
    const page = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "", "text/html");
    const next = page.querySelector("[data-again]");
    if (answer?.ok && !next) return location.reload();
    if (next && next.innerHTML !== underWay.innerHTML) underWay.innerHTML = next.innerHTML;
    setTimeout(again, 3000);
  };
  setTimeout(again, 3000);
}
