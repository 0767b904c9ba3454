/* pdh-packet: makes a bag (RFC 8493) of a folder, and a zip of a bag, with the same bytes on every run and in every zone.
 *
 *   pdh-packet seal FOLDER            writes manifest-sha256.txt and tagmanifest-sha256.txt
 *   pdh-packet zip FOLDER FILE DAY    stores the folder, under its own name, in a new FILE; DAY as 2026-03-14
 *
 * It is a program of its own since pdh links neither hashes nor zip. Names are those that pdh gives: letters, digits,
 * blank, period, dash and underscore; others are refused. Exit status 0, or 1 with a sentence on standard error. */
#include "client/packet/packet.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct err e = {0};
	int r = -1;

	if (argc == 3 && strcmp(argv[1], "seal") == 0)
		r = packet_seal(argv[2], &e);
	else if (argc == 5 && strcmp(argv[1], "zip") == 0)
		r = packet_zip(argv[2], argv[3], argv[4], &e);
	else
		err_set(&e, -PDH_USAGE, NULL,
			"it takes: seal FOLDER, or zip FOLDER FILE DAY");
	if (r < 0)
		(void)fprintf(stderr, "pdh-packet: %s\n", e.message);
	return r < 0;
}
