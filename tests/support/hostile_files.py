"""Files that mean harm, written into a folder: hostile_files.py FOLDER. Each is small or made of one repeated piece."""
import struct
import sys
import zipfile
import zlib

HEAD = "Date,Title,Hours\n"
WORKBOOK = (
    '<workbook xmlns:r="x"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
)
CALENDAR = "BEGIN:VCALENDAR\r\n%s\r\nEND:VCALENDAR\r\n"
EVENT = (
    "BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Class\r\nDTSTART:%s\r\nDURATION:PT1H\r\nRRULE:%s\r\nEND:VEVENT"
)


def write(name, data):
    with open(f"{sys.argv[1]}/{name}", "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def workbook(name, sheet, **others):
    parts = {
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    parts.update({key.replace("__", "/").replace("_xml", ".xml"): text for key, text in others.items()})
    with zipfile.ZipFile(f"{sys.argv[1]}/{name}", "w", zipfile.ZIP_DEFLATED) as file:
        for part, text in parts.items():
            file.writestr(part, text)


def sheet(rows):
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def main():
    write("empty.csv", "")
    write("wide.csv", HEAD + "," * 300 + "\n")
    write("long.csv", HEAD + "x" * 70000 + "\n")
    write("rows.csv", HEAD + "1/13/2026,x,1\n" * 100001)
    write("large.csv", HEAD + "1/13/2026," + "x\n" * (33 << 20))
    write("quotes.csv", HEAD + '"' * 60001 + "\n" + "1/13/2026,x,1\n")
    write("signs.csv", HEAD + "1/13/2026,a\x1b[31mb\u202ec\x00d,1\n")
    write("formula.csv", HEAD + "1/13/2026,=cmd|' /C calc'!A0,1\n")

    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "x">{entities}]><worksheet>&e11;</worksheet>'
    workbook("entities.xlsx", bomb)
    workbook("outside.xlsx", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>')
    workbook("deep.xlsx", "<a>" * 100000)
    workbook("unpacked.xlsx", sheet(" " * (65 << 20)))
    workbook("columns.xlsx", sheet('<row r="1"><c r="ZZZ1" t="str"><v>x</v></c></row>'))
    workbook("index.xlsx", sheet('<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>'))
    with open(f"{sys.argv[1]}/unpacked.xlsx", "rb") as file:
        data = bytearray(file.read())
    size = struct.pack("<I", 65 << 20)
    for at in range(len(data) - 4):
        # Both headers of the member say that it is small.
        if data[at:at + 4] == size:
            data[at:at + 4] = struct.pack("<I", (64 << 10))
    write("liar.xlsx", bytes(data))
    with zipfile.ZipFile(f"{sys.argv[1]}/plain.zip", "w") as file:
        file.writestr("../../etc/passwd", "x")
    with zipfile.ZipFile(f"{sys.argv[1]}/log.ods", "w") as file:
        file.writestr("content.xml", "x")
    write("log.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)

    write("second.ics", CALENDAR % EVENT % ("20260101T090000", "FREQ=SECONDLY"))
    write("hour.ics", CALENDAR % EVENT % ("20260101T090000", "FREQ=HOURLY"))
    write("daily.ics", CALENDAR % EVENT % ("19700101T090000", "FREQ=DAILY"))
    write("never.ics", CALENDAR % EVENT % ("20260101T090000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"))
    write("rule.ics", CALENDAR % EVENT % ("20260101T090000", "FREQ=SOMETIMES"))
    write("begins.ics", "BEGIN:VCALENDAR\r\n" * 20000)
    write("cut.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")
    write("folded.ics", CALENDAR % ("X:" + "x\r\n " * 70000))

    write("deep.json", "[" * 100000)
    write("keys.json", '{"a":1,"a":2}')
    write("many.json", "{" + ",".join(f'"k{i}":1' for i in range(300)) + "}")
    write("number.json", '{"title":1e999}')
    write("token.json", "ey" + "A" * 100000 + "..")

    packed = zlib.compress(b"x" * (200 << 20), 9)
    baked = b"openbadges\0\1\0\0\0" + packed
    write("bomb.png", png(chunk(b"iTXt", baked)))
    write("plain.png", png(chunk(b"IEND", b"")))
    write("length.png", png(struct.pack(">I", 0xFFFFFFF0) + b"iTXt"+ b"openbadges\0" + b"x" * 50))
    write("link.png", png(chunk(b"iTXt", b"openbadges\0\0\0\0\0https://example.org/a/1")))
    write("bomb.svg", f'<!DOCTYPE svg [<!ENTITY e0 "x">{entities}]><svg>&e11;</svg>')


main()
