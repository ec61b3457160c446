// Follows a meeting: asks every two seconds for what has changed, and puts it in place. Nobody's typing is
// disturbed. Without this script a link shows what is new.

const follow = document.querySelector("[data-follow]");
const EVERY = 2000;
let state = follow.dataset.state;

const isTypedIn = (part) =>
  part.contains(document.activeElement) && document.activeElement.matches("textarea, input, select") ||
  [...part.querySelectorAll("textarea")].some((box) => box.value !== box.defaultValue);

// What one has opened or folded stays so.
const folds = (part) => new Map([...part.querySelectorAll("li[id] > details")].map((fold) => [fold.parentElement.id, fold.open]));

const put = (part, fresh) => {
  const before = folds(part);
  part.innerHTML = fresh.innerHTML;
  part.dataset.part = fresh.dataset.part;
  for (const [id, isOpen] of before) {
    const fold = part.querySelector(`#${CSS.escape(id)} > details`);
    if (fold) fold.open = isOpen;
  }
};

const stepOf = (root) => root.querySelector("[data-step]")?.dataset.step;

const takeIn = (fresh) => {
  const isNextStep = stepOf(fresh) !== undefined && stepOf(fresh) !== stepOf(document);
  if (isNextStep && follow.dataset.leave) {
    location.assign(follow.dataset.leave);
    return;
  }
  const isTyping = isTypedIn(document.body);
  if (isNextStep && !isTyping && follow.classList.contains("now")) {
    location.reload();
    return;
  }
  let isWhole = true;
  for (const piece of fresh.querySelectorAll("[data-part]")) {
    const part = document.getElementById(piece.id);
    if (!part || part.dataset.part === piece.dataset.part) continue;
    if (isTypedIn(part)) isWhole = false;
    else put(part, piece);
  }
  if (isWhole) state = fresh.firstElementChild.dataset.state;
};

const look = async () => {
  if (!document.hidden) {
    const address = new URL(follow.dataset.follow, location.href);
    address.searchParams.set("after", state);
    try {
      const answer = await fetch(address, { redirect: "error" });
      if (answer.status === 200) {
        takeIn(new DOMParser().parseFromString(await answer.text(), "text/html").body);
      }
    } catch {
      // The network is away for a moment; the next look may find it.
    }
  }
  setTimeout(look, EVERY);
};
setTimeout(look, EVERY);

// The arrow keys go on and back, unless somebody types or a list is open.
document.addEventListener("keydown", (press) => {
  if (press.target.closest("input, textarea, select, summary") || press.altKey || press.ctrlKey || press.metaKey) return;
  const button = document.querySelector(`.shared button[data-key="${press.key}"]`);
  if (button) {
    press.preventDefault();
    button.click();
  }
});
