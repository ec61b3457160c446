// Says in words when the browser gave no passkey; django-allauth's own script would only log it.
document.addEventListener("allauth.error", (trouble) => {
  const sentence = document.querySelector("[data-passkey-trouble]");
  if (sentence) {
    trouble.preventDefault();
    sentence.hidden = false;
  }
});
