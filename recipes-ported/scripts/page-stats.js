// Counts what is in the page's body.
const depth = (element) => 1 + Math.max(0, ...[...element.children].map(depth));
const count = (selector) => document.body.querySelectorAll(selector).length;
return {
  elements: count("*"),
  depth: depth(document.body),
  words: document.body.innerText.split(/\s+/).filter(Boolean).length,
  headings: count("h1, h2, h3, h4, h5, h6"),
  links: count("a[href]"),
  images: count("img"),
  imagesWithoutAlt: count("img:not([alt])"),
};
