() => {
    if (globalThis.isPlain !== true || document.readyState !== 'complete' || document.contentType !== 'text/html'
        || !/^https?:$/.test(location.protocol) || opener !== null || window.length > 0) return false;
    // A shadow root that the parser made may hold a script. One that is closed shows in that no open one can be made.
    const hosts = /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span|.*-.*)$/;
    const isHost = element => {
        if (element.shadowRoot !== null) return true;
        if (!hosts.test(element.localName)) return false;
        try {
            element.attachShadow({ mode: 'open' });
            return false;
        } catch {
            return true;
        }
    };
    if ([...document.getElementsByTagName('*')].some(isHost)) return false;
    window.name = '';
    document.open();
    return document.documentElement === null;
}
