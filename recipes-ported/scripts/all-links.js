// Every address that the page links to, without fragments, in the order of the page.
const [{ outside }] = arguments;
const links = new Map();
for (const link of document.querySelectorAll("a[href]")) {
  const url = new URL(link.href);
  url.hash = "";
  const leaves = url.origin !== location.origin;
  if (!/^https?:$/.test(url.protocol) || (leaves && !outside) || links.has(url.href)) continue;
  links.set(url.href, { url: url.href, text: link.textContent.trim(), outside: leaves });
}
return [...links.values()];
