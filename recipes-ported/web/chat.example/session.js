// Who is signed in, by the cookies that signing in sets.
const session = Object.fromEntries(document.cookie.split('; ').map((cookie) => cookie.split('=')));
