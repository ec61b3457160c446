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

// What was typed before and comes back with the page is not said yet: it counts as typed.
for (const words of document.querySelectorAll("textarea[data-typed]")) {
  const typed = words.value;
  words.defaultValue = "";
  words.value = typed;
}

// Ctrl or Command with Enter says it: by the button beside the words.
document.addEventListener("keydown", (press) => {
  const box = press.target.closest("textarea") && press.target.closest(".compose");
  if (box && press.key === "Enter" && (press.ctrlKey || press.metaKey)) {
    press.target.form.requestSubmit(box.querySelector("button[value=say], button[value^=answer-]"));
  }
});

for (const box of document.querySelectorAll("form.compose")) {
  let isSaid = false;

  // Words that were typed and not said are not lost by leaving.
  const isTyped = (part) => part.matches("textarea") && part.value !== part.defaultValue;
  box.addEventListener("submit", () => { isSaid = true; });
  window.addEventListener("pageshow", () => { isSaid = false; });
  window.addEventListener("beforeunload", (leaving) => {
    if (!isSaid && [...box.elements].some(isTyped)) leaving.preventDefault();
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
