/* The characters of a text in UTF-8 (RFC 3629), for those who make it harmless: bytes may be anything. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NO_CHARACTER = 0x110000, CUT_CHARACTER }; /* beyond every character */

/* How many bytes belong together where `text` begins, which is not at its end, and in *ret the character that they are:
 * NO_CHARACTER for a byte of none, CUT_CHARACTER for the beginning of one. */
size_t text_character(const char *text, uint32_t *ret);

/* Characters that would end the line, move the cursor or turn the direction of the text. */
bool text_is_control(uint32_t c);
