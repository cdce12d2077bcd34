use super::*;

/// The header, and the name that Chromium 156 suggests for it at `https://site.example/given`. Empty is that address's.
const HEADERS: &[(&[u8], &str)] = &[
    ("attachment; filename=\"Rechnung März.pdf\"".as_bytes(), "Rechnung März.pdf"),
    ("attachment; filename=Rechnung März.pdf".as_bytes(), "Rechnung März.pdf"),
    (b"attachment; filename=\"rates.csv\"; filename*=UTF-8''%E2%82%AC%20rates.csv", "€ rates.csv"),
    (b"attachment; filename*=UTF-8''%E2%82%AC%20rates.csv; filename=\"rates.csv\"", "€ rates.csv"),
    (b"attachment; filename*=iso-8859-1'en'%A3%20rates.txt", "£ rates.txt"),
    (b"attachment; filename*=windows-1251''%EF%F0%E8%E2%E5%F2.txt", "привет.txt"),
    (b"attachment; filename*=Shift_JIS''%93%FA%96%7B.txt", "日本.txt"),
    (b"attachment; filename*=GB2312''%D6%D0%CE%C4.txt", "中文.txt"),
    (b"attachment; filename*=nosuch''abc.txt; filename=fall.txt", "fall.txt"),
    (b"attachment; filename*=UTF-8''%E9bad.txt; filename=fall.txt", "fall.txt"),
    (b"attachment; filename*=\"UTF-8''quoted%20x.txt\"", ""),
    (b"attachment; filename*=UTF-8'abc.txt; filename=one.txt", "one.txt"),
    (b"attachment; filename*=''abc%20d.txt; filename=one.txt", "one.txt"),
    (b"attachment; filename*=UTF-8''a%2Fb%5Cc.txt", "a_b_c.txt"),
    (b"attachment; filename*=UTF-8''foo+bar%.txt", "foo+bar%.txt"),
    (b"attachment; filename=\"na%C3%AFve.txt\"", "naïve.txt"),
    (b"attachment; filename=\"100%.txt\"", "100%.txt"),
    (b"attachment; filename=\"a;b.txt\"", "a;b.txt"),
    (b"attachment; filename=\"a\\\"b\\\\c.txt\"", "a_b_c.txt"),
    (b"attachment; filename=\"C:\\dir\\file.txt\"", "C_dirfile.txt"),
    (b"attachment; filename=\"../../evil.txt\"", "_.._evil.txt"),
    (b"attachment; filename=\"/etc/passwd\"", "_etc_passwd"),
    (b"attachment; filename=\".hidden\"", "hidden"),
    (b"attachment; filename=\"...\"", "download"),
    (b"attachment; filename=\"\"", ""),
    (b"attachment; filename=", ""),
    (b"attachment; filename", ""),
    (b"attachment; foo; filename=bar.txt", ""),
    (b"attachment; foo=1; filename=bar.txt", "bar.txt"),
    (b"attachment; filename=a.txt; filename=b.txt", "a.txt"),
    (b"attachment; name=n.txt", ""),
    (b"attachment; FileName = \"sp ace.txt\" ", "sp ace.txt"),
    (b"attachment;filename=unquoted name.txt; size=3", "unquoted name.txt"),
    (b"attachment; filename=\"trailing dots...\"", "trailing dots"),
    (b"attachment; filename=\"trailing space .txt \"", "trailing space .txt_"),
    (b"attachment; filename=\"a:b*c?d<e>f|g.txt\"", "a_b_c_d_e_f_g.txt"),
    (b"attachment; filename=\"a\tb.txt\"", "a b.txt"),
    (b"attachment; filename=\"a\x01b.txt\"", "a_b.txt"),
    (b"attachment; filename=\"=?UTF-8?B?w6kudHh0?=\"", "é.txt"),
    (b"attachment; filename=\"=?utf-8?Q?=C3=A9_x.txt?=\"", "é x.txt"),
    (b"attachment; filename==?ISO-8859-1?Q?=E9.txt?=", "é.txt"),
    (b"attachment; filename=\"=?UTF-8?B?w6k=?= =?UTF-8?B?LnR4dA==?=\"", "é.txt"),
    (b"attachment; filename=\"pre =?UTF-8?B?w6k=?= post.txt\"", "pre épost.txt"),
    (b"attachment; filename=\"unclosed.txt", "unclosed.txt"),
    (b"attachment; filename='single.txt'", "'single.txt'"),
    (b"attachment; filename=\"double  space.txt\"", "double  space.txt"),
    (b"filename=notype.txt", "notype.txt"),
    (b"inline; filename=inl.txt", "inl.txt"),
    (b"attachment", ""),
    (b"attachment; filename=\"noext\"", "noext"),
    (b"attachment; filename=\"CON.txt\"", "CON.txt"),
    (b"attachment; filename=\"x.tar.gz\"", "x.tar.gz"),
    (b"attachment; filename=\"%2e%2e%2fx.txt\"", "_x.txt"),
    (b"attachment; filename=\"a%00b.txt\"", "a_b.txt"),
    (b"attachment; filename=\"~x.txt\"", "_x.txt"),
    (b"attachment; filename=\" lead.txt\"", "lead.txt"),
    ("attachment; filename=\"\u{202e}evil\u{200b}.txt\"".as_bytes(), "_evil_.txt"),
    (b"attachment; filename*0=\"foo\"; filename*1=\".txt\"", ""),
    (b"attachment; filename=\"foo.html\" ; ", "foo.html"),
    (b"attachment; xfilename=foo.txt", ""),
    (b"attachment ;filename=foo.txt", "foo.txt"),
    (b"=;filename=x.txt", ""),
    (b"filename=a.txt; attachment", "a.txt"),
];

#[test]
fn a_header_names_as_chromium_reads_it() {
    for (header, name) in HEADERS {
        let said = Said { disposition: header, url: "https://site.example/given", ..Said::default() };
        let name = if name.is_empty() { "given" } else { name };
        assert_eq!(choose(&said), name, "{}", String::from_utf8_lossy(header));
    }
}

#[test]
fn bytes_that_are_no_utf_8_are_in_the_pages_character_set() {
    for (charset, header, name) in [
        ("UTF-8", &b"attachment; filename=\"caf\xe9.txt\""[..], "café.txt"),
        ("", b"attachment; filename=\"caf%E9.txt\"", "café.txt"),
        ("Shift_JIS", b"attachment; filename=\"\x93\xfa\x96\x7b.txt\"", "日本.txt"),
    ] {
        let said = Said { disposition: header, charset, ..Said::default() };
        assert_eq!(choose(&said), name);
    }
}

#[test]
fn without_a_header_the_element_names_then_the_address_then_the_type() {
    for (url, attribute, media_type, name) in [
        ("https://a/seg/file%20x.pdf", "", "application/pdf", "file x.pdf"),
        ("https://a/dir/", "", "application/zip", "download.zip"),
        ("https://a/noext", "", "image/png", "noext.png"),
        ("https://a/x.php", "data.csv", "text/csv", "data.csv"),
        ("https://a/x.php", "", "text/csv", "x.php"),
        ("https://a/x.php?f=real.txt", "", "text/csv; charset=utf-8", "x.csv"),
        ("https://a/x.php?f=real.txt", "", "application/octet-stream", "x.php"),
        ("https://a/a", "../up down.txt", "text/csv", "_up down.txt"),
        ("https://a/a", "noext", "text/csv", "noext.csv"),
        ("https://a/%2e%2e%2f%2e%2e", "", "text/csv", "download.csv"),
        ("https://a/y%2Fz.txt", "", "text/csv", "y_z.txt"),
        ("https://a/q", "a:b?c.txt", "application/x-foo", "a_b_c.txt"),
        ("https://a/q", "...", "application/octet-stream", "download"),
        ("data:", "", "text/plain", "download.txt"),
        ("data:", "x", "text/plain", "x.txt"),
        ("blob:https://a/1-2", "n", "application/pdf", "n.pdf"),
        // Chromium's is another one each time.
        ("blob:https://a/1-2", "", "application/pdf", "download.pdf"),
    ] {
        let said = Said { attribute, url, media_type, ..Said::default() };
        assert_eq!(choose(&said), name, "{url} {attribute} {media_type}");
    }
}

#[test]
fn a_long_name_keeps_its_extension() {
    let header = format!("attachment; filename=\"{}.txt\"", "é".repeat(300));
    let name = choose(&Said { disposition: header.as_bytes(), ..Said::default() });
    assert_eq!(name, format!("{}.txt", "é".repeat(100)));
}
