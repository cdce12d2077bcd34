// Runs a recipe's function in the page's own world and writes its value as JSON.
// The page may have patched whatever it likes: strings and numbers are written without calling any of its functions,
// and a patched one that is called all the same can at worst make this one call fail.
(run, awaits, wants, most, limit) => {
  const CONTROLS =
    '\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f' +
    '\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f';
  const HEX = '0123456789abcdef';
  const quote = (text) => {
    let out = '"';
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if (c === '"' || c === '\\') {
        out += '\\' + c;
      } else if (c < ' ') {
        let code = 0;
        while (CONTROLS[code] !== c) code++;
        out += '\\u00' + HEX[code >> 4] + HEX[code & 15];
      } else if (c < '\ud800' || c > '\udfff') {
        out += c;
      } else if (c < '\udc00' && text[i + 1] >= '\udc00' && text[i + 1] <= '\udfff') {
        out += c + text[++i];
      } else {
        // Half a surrogate pair is not an Unicode.
        out += '\ufffd';
      }
    }
    return out + '"';
  };

  // The values around the one that is written, and their keys: for cycles, and to say where something is.
  const outer = [];
  const keys = [];
  let refusal = null;
  const refuse = (kind, depth) => {
    let path = '';
    for (let i = 0; i < depth; i++) path += typeof keys[i] === 'number' ? '[' + keys[i] + ']' : '.' + keys[i];
    refusal = '{"refused":{"kind":' + quote(kind) + ',"path":' + quote(path) + '}}';
    throw refusal;
  };

  const list = (value, depth) => {
    let out = '[';
    for (let i = 0; i < value.length; i++) {
      keys[depth] = i;
      out += (i === 0 ? '' : ',') + write(value[i], depth + 1);
      if (out.length > most) refuse('large', 0);
    }
    return out + ']';
  };
  const map = (value, depth) => {
    let out = '{';
    const names = Object.keys(value);
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      const item = value[name];
      if (item === undefined) continue;
      keys[depth] = name;
      out += (out === '{' ? '' : ',') + quote(name) + ':' + write(item, depth + 1);
      if (out.length > most) refuse('large', 0);
    }
    return out + '}';
  };
  // Neither a list nor a plain object.
  const other = (value, depth) => {
    const tag = Object.prototype.toString.call(value);
    if (value.window === value) return refuse('[object Window]', depth);
    if (typeof value.nodeType === 'number' && typeof value.nodeName === 'string') return refuse('node ' + tag, depth);
    if (tag === '[object Date]') {
      return value - value === 0 ? quote(value.toISOString()) : refuse('date', depth);
    }
    if (tag === '[object Number]' || tag === '[object String]' || tag === '[object Boolean]') {
      return write(value.valueOf(), depth + 1);
    }
    if (tag === '[object Arguments]' || (ArrayBuffer.isView(value) && value.length !== undefined)) {
      return list(value, depth);
    }
    if (typeof value.toJSON === 'function' && value.toJSON !== Object.prototype.toJSON) {
      keys[depth] = 'toJSON()';
      return write(value.toJSON(), depth + 1);
    }
    if (tag === '[object Object]' || tag === '[object DOMStringMap]' || tag === '[object Storage]') {
      return map(value, depth);
    }
    return refuse(tag, depth);
  };
  const write = (value, depth) => {
    if (value === null || value === undefined) return 'null';
    switch (typeof value) {
      case 'string':
        return value.length > most ? refuse('large', 0) : quote(value);
      case 'boolean':
        return value ? 'true' : 'false';
      case 'number':
        return value - value === 0 ? '' + value : refuse(value === value ? 'Infinity' : 'NaN', depth);
      case 'object':
        break;
      default:
        return refuse(typeof value, depth);
    }
    if (depth >= 100) refuse('deep', depth);
    for (let i = 0; i < depth; i++) if (outer[i] === value) refuse('cyclic', depth);
    outer[depth] = value;
    if (Array.isArray(value)) return list(value, depth);
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || prototype === Object.prototype ? map(value, depth) : other(value, depth);
  };

  const returned = (value) => {
    if (wants === 'nothing') return '{"value":null}';
    // The scripts that say no value themselves have none to give.
    if (wants[0] === '!' && value === undefined) refuse('nothing', 0);
    if (wants === 'value' || wants === '!value') {
      const out = '{"value":' + write(value, 0) + '}';
      return out.length > most ? refuse('large', 0) : out;
    }
    // A promise would always be true.
    if (typeof value === 'object' && value !== null && typeof value.then === 'function') refuse('[object Promise]', 0);
    return '{"value":' + (value ? 'true' : 'false') + '}';
  };
  const thrown = (error) => {
    if (refusal !== null && error === refusal) return refusal;
    let message = 'something that cannot be shown';
    let line = 'null';
    try {
      if (typeof error === 'object' && error !== null && typeof error.message === 'string') {
        message = typeof error.name === 'string' && error.name !== 'Error' ? error.name + ': ' + error.message : error.message;
        const found = +/webtask-js:(\d+)/.exec(error.stack)[1];
        if (found === found) line = '' + found;
      } else {
        message = typeof error === 'symbol' ? error.toString() : '' + error;
      }
    } catch {}
    return '{"thrown":{"message":' + quote(message) + ',"line":' + line + '}}';
  };
  if (wants === 'held' || wants === '!held') {
    // Asked anew with every picture that the page draws, and now and then where it draws none.
    return new Promise((done) => {
      const end = performance.now() + limit;
      const ask = () => {
        let reply;
        try {
          reply = returned(run());
        } catch (error) {
          reply = thrown(error);
        }
        if (reply === '{"value":true}' || reply === refusal || performance.now() >= end) return done(reply);
        let isAsked = false;
        const again = () => {
          clearTimeout(timer);
          if (isAsked) return;
          isAsked = true;
          ask();
        };
        const timer = setTimeout(again, 100);
        requestAnimationFrame(again);
      };
      ask();
    });
  }
  if (awaits) {
    return (async () => {
      try {
        return returned(await run());
      } catch (error) {
        return thrown(error);
      }
    })();
  }
  try {
    return returned(run());
  } catch (error) {
    return thrown(error);
  }
}
