// In our world of each new document, before anything of it is parsed. What is inserted is told even if it is gone again
// by then, so nothing that could run a script is missed; what costs more to look at than it spares counts as lively too.
(() => {
    let left = 1000;
    const isLively = node =>
        left-- <= 0
        || node.nodeType === Node.ELEMENT_NODE
            && (node.namespaceURI !== 'http://www.w3.org/1999/xhtml'
                || /^(script|template|iframe|frame|frameset|object|embed|fencedframe|portal|audio|video)$/.test(node.localName)
                || node.getAttributeNames().some(name => name.startsWith('on') || name === 'http-equiv'));
    // Nothing tells of a shadow root that the parser makes, but its host stays where it is unless a script takes it away.
    const isLivelyRecord = record =>
        record.type !== 'childList' || record.removedNodes.length > 0 || [...record.addedNodes].some(isLively);
    globalThis.isPlain = true;
    const observer = new MutationObserver(records => {
        if (!records.some(isLivelyRecord)) return;
        globalThis.isPlain = false;
        observer.disconnect();
    });
    observer.observe(document, { childList: true, subtree: true, attributes: true });
})();
