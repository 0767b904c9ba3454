/* What a file is, by how it begins and by its ending: enough for proofs. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { MEDIA_HEAD = 512 }; /* bytes of its beginning that are looked at */

/* Reads them, wherever `fd` stands; how many there are. */
size_t media_head(int fd, char head[MEDIA_HEAD]);

/* A type such as application/pdf; application/octet-stream where nothing is known. */
const char *media_type(const void *head, size_t n, const char *name);

/* Whether it begins as a program does. */
bool media_is_program(const void *head, size_t n);
