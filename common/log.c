#include "common/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum log_level threshold = LOG_L_INFO;

void log_set_level(enum log_level level)
{
	threshold = level;
}

/* JOURNAL_STREAM holds device and inode of the stream that systemd gave (sd-daemon(3));
 * it may be inherited by a process whose standard error is another file by now. */
static bool to_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat st;

	return stream && sscanf(stream, "%20llu:%20llu", &device, &inode) == 2 &&
	       fstat(STDERR_FILENO, &st) == 0 && st.st_dev == device &&
	       st.st_ino == inode;
}

static const char *word(enum log_level level)
{
	switch (level) {
	case LOG_L_ERR:
		return "error: ";
	case LOG_L_WARNING:
		return "warning: ";
	case LOG_L_INFO:
		return "";
	case LOG_L_DEBUG:
		return "debug: ";
	}
	return "";
}

void log_line(enum log_level level, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	if (level > threshold)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	for (char *p = line; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 127)
			*p = ' ';
	if (to_journal())
		fprintf(stderr, "<%d>%s\n", (int)level, line);
	else
		fprintf(stderr, "pdhd: %s%s\n", word(level), line);
}
