#include "daemon/desk/message.h"

#include "daemon/desk/text.h"

enum { EXPIRES_AS_USUAL = -1, EXPIRES_NEVER = 0 };

sd_bus_message *desk_message(struct desk_bus *b, const char *to, const char *member)
{
	sd_bus_message *m = NULL;

	return b->sd->bus_message_new_method_call(b->bus, &m, to, DESK_PATH, DESK_NAME,
						  member) < 0
		       ? NULL
		       : m;
}

static int add_texts(struct desk_bus *b, sd_bus_message *m, const struct desk_note *note,
		     uint32_t replaces, bool markup)
{
	AUTO_BUF title = {0}, body = {0};

	/* Titles are plain text to every service. */
	desk_text(&title, note->title, &(struct desk_text){.most = DESK_TITLE_MAX});
	desk_text(&body, note->body,
		  &(struct desk_text){
			  .most = DESK_BODY_MAX, .lines = true, .markup = markup});
	return b->sd->bus_message_append(m, "susss", "pdh", replaces, "appointment-soon",
					 title.data, body.data);
}

static int add_buttons(struct desk_bus *b, sd_bus_message *m, const char *reminder,
		       bool wanted)
{
	char ack[DESK_KEY_SIZE], snooze[DESK_KEY_SIZE];

	if (!wanted || !desk_key(DESK_ACKNOWLEDGE, reminder, ack) ||
	    !desk_key(DESK_SNOOZE, reminder, snooze))
		return b->sd->bus_message_append(m, "as", 0);
	return b->sd->bus_message_append(m, "as", 4, ack, "Acknowledge", snooze,
					 "Snooze to tomorrow");
}

static int add_hints(struct desk_bus *b, sd_bus_message *m, int urgency)
{
	int r = b->sd->bus_message_append(m, "a{sv}", 3, "urgency", "y", urgency,
					  "category", "s", "x-pdh.deadline",
					  "desktop-entry", "s", "pdh");

	if (r < 0)
		return r;
	return b->sd->bus_message_append(m, "i",
					 urgency == 2 ? EXPIRES_NEVER : EXPIRES_AS_USUAL);
}

sd_bus_message *desk_message_note(struct desk_bus *b, const struct desk_service *to,
				  const struct desk_note *note, uint32_t replaces)
{
	sd_bus_message *m = desk_message(b, to->owner, "Notify");

	if (!m || (add_texts(b, m, note, replaces, to->markup) >= 0 &&
		   add_buttons(b, m, note->reminder, to->actions) >= 0 &&
		   add_hints(b, m, note->urgency) >= 0))
		return m;
	b->sd->bus_message_unref(m);
	return NULL;
}
