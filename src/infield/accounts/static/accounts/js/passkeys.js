// Passkeys: the library talks to the browser, this names the places on our pages. A form with data-passkey is shown
// only where the browser can do it.
const ids = { login: "passkey-button", add: "passkey-button", authenticate: "passkey-button",
  credential: "passkey-credential", data: "passkey-data", passwordless: "id_passwordless" };
const begin = { login: "loginForm", add: "addForm", authenticate: "authenticateForm" };

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  window.allauth.webauthn.forms[begin[form.dataset.passkey]]({ ids });
  // the person said no, or has no such key: say so, and leave everything as it was
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    form.querySelector("[role=alert]").hidden = false;
  });
}
