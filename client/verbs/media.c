#include "client/verbs/media.h"

#include "common/ascii.h"

#include <string.h>
#include <unistd.h>

static const struct {
	const char *mark;
	size_t n, at;
	const char *type;
} marks[] = {
	{"%PDF-", 5, 0, "application/pdf"},
	{"\x89PNG\r\n\x1a\n", 8, 0, "image/png"},
	{"\xff\xd8\xff", 3, 0, "image/jpeg"},
	{"GIF8", 4, 0, "image/gif"},
	{"II*\0", 4, 0, "image/tiff"},
	{"MM\0*", 4, 0, "image/tiff"},
	{"WEBP", 4, 8, "image/webp"},
	{"ftypheic", 8, 4, "image/heic"},
	{"ftypheix", 8, 4, "image/heic"},
	{"ftypmif1", 8, 4, "image/heif"},
	{"{\\rtf", 5, 0, "application/rtf"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, 0, "application/x-ole-storage"},
};

/* What a beginning does not tell: text, and forms that are zip or text inside. */
static const struct {
	const char *ending;
	bool zip; /* it begins as a zip */
	const char *type;
} endings[] = {
	{".docx", true,
	 "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{".xlsx", true,
	 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{".pptx", true,
	 "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
	{".odt", true, "application/vnd.oasis.opendocument.text"},
	{".ods", true, "application/vnd.oasis.opendocument.spreadsheet"},
	{".zip", true, "application/zip"},
	{".eml", false, "message/rfc822"},
	{".html", false, "text/html"},
	{".htm", false, "text/html"},
	{".ics", false, "text/calendar"},
	{".csv", false, "text/csv"},
	{".json", false, "application/json"},
	{".svg", false, "image/svg+xml"},
	{".txt", false, "text/plain"},
	{".md", false, "text/plain"},
};

static bool begins(const void *head, size_t n, const char *mark, size_t len, size_t at)
{
	return n >= at + len && memcmp((const char *)head + at, mark, len) == 0;
}

static bool ends_with(const char *name, const char *ending)
{
	size_t n = strlen(name), len = strlen(ending);

	return n > len && ascii_same(name + n - len, ending);
}

size_t media_head(int fd, char head[MEDIA_HEAD])
{
	ssize_t n = pread(fd, head, MEDIA_HEAD, 0);

	return n > 0 ? (size_t)n : 0;
}

const char *media_type(const void *head, size_t n, const char *name)
{
	bool zip = begins(head, n, "PK\x03\x04", 4, 0);
	bool text = n && !memchr(head, 0, n);

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (begins(head, n, marks[i].mark, marks[i].n, marks[i].at))
			return marks[i].type;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if ((endings[i].zip ? zip : text) && ends_with(name, endings[i].ending))
			return endings[i].type;
	return zip ? "application/zip" : "application/octet-stream";
}

bool media_is_program(const void *head, size_t n)
{
	return begins(head, n,
		      "\x7f"
		      "ELF",
		      4, 0) ||
	       begins(head, n, "MZ", 2, 0) || begins(head, n, "#!", 2, 0);
}
