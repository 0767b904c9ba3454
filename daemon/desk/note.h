/* A notification as the desk is given it, and its buttons. */
#pragma once

enum desk_button { DESK_ACKNOWLEDGE, DESK_SNOOZE };

/* Texts are UTF-8 and are copied. */
struct desk_note {
	const char *
		reminder; /* its name, such as "fp/30d": [a-z0-9+/_-] only; has no buttons otherwise */
	const char *
		ladder; /* the next note of the same ladder replaces the one before instead of stacking */
	const char *title,
		*body; /* plain text; the desk escapes what the service would take for markup */
	int urgency; /* 0 low, 1 normal, 2 critical: stays until it is closed */
};
