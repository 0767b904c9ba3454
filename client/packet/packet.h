/* A folder as a bag, and a bag as a zip. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stddef.h>

/* The files of a folder and of those below it, by their paths from there, sorted by bytes. */
struct packet_files {
	const char **v;
	size_t n;
};

/* -PDH_REFUSED for what is neither file nor folder, and for names that a manifest or another system cannot bear. */
int packet_list(const char *folder, struct arena *a, struct packet_files *ret,
		struct err *e);

/* Writes the manifest of what is in data/, and that of the files beside it. */
int packet_seal(const char *folder, struct err *e);

/* Stores the files uncompressed, each with midnight of that day. The file must not be there. */
int packet_zip(const char *folder, const char *file, const char *day, struct err *e);
