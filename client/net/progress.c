#include "client/net/progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { LONG_MS = 500 };

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

void progress_begin(struct progress *p)
{
	*p = (struct progress){.begun_ms = now_ms()};
}

int64_t progress_age(const struct progress *p)
{
	return now_ms() - p->begun_ms;
}

void progress_tell(struct progress *p, const char *fmt, ...)
{
	va_list ap;

	if (p->shown == 0 && (progress_age(p) < LONG_MS || !isatty(STDERR_FILENO)))
		return;
	int before = p->shown;
	(void)fputc('\r', stderr);
	va_start(ap, fmt);
	p->shown = vfprintf(stderr, fmt, ap);
	va_end(ap);
	for (int i = p->shown; i < before; i++)
		(void)fputc(' ', stderr);
	if (p->shown < before)
		p->shown = before;
	(void)fflush(stderr);
}

void progress_end(struct progress *p)
{
	if (p->shown > 0)
		(void)fprintf(stderr, "\r%*s\r", p->shown, "");
	p->shown = 0;
}
