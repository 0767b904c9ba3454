/* Screens that are kept as files, one each: tests/golden/screens/NAME.txt. `make golden` writes those that are others now;
 * what it changed is to be read before it is committed. */
#pragma once

/* Fails the test where the text is not that of the file. */
void golden_check(const char *name, const char *text);
