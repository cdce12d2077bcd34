// Whether there is a button that brings more.
const button = document.querySelector("button#more");
return button !== null && !button.disabled;
