/* calendar.get. libical is loaded with the first calendar that is asked for: most daemons make none, and with what it
 * brings along it would be a quarter of an idle one. */
#include "daemon/remind/calendar.h"

#include "common/buf.h"
#include "common/clock.h"
#include "daemon/method.h"
#include "daemon/remind/message.h"
#include "daemon/remind/reason.h"

#include <dlfcn.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

/* What is used of libical. */
#define ICAL_MAP(X)                       \
	X(icalcomponent_new)              \
	X(icalcomponent_free)             \
	X(icalcomponent_add_component)    \
	X(icalcomponent_add_property)     \
	X(icalcomponent_as_ical_string_r) \
	X(icalproperty_new_action)        \
	X(icalproperty_new_categories)    \
	X(icalproperty_new_description)   \
	X(icalproperty_new_dtend)         \
	X(icalproperty_new_dtstamp)       \
	X(icalproperty_new_dtstart)       \
	X(icalproperty_new_method)        \
	X(icalproperty_new_prodid)        \
	X(icalproperty_new_summary)       \
	X(icalproperty_new_transp)        \
	X(icalproperty_new_trigger)       \
	X(icalproperty_new_uid)           \
	X(icalproperty_new_version)       \
	X(icalproperty_new_x)             \
	X(icalproperty_set_x_name)        \
	X(icaltime_from_string)           \
	X(icaltriggertype_from_string)

static struct {
	void *library;
#define X(name) __typeof__(&(name)) name;
	ICAL_MAP(X)
#undef X
} ical;

/* One calendar that is made. */
struct making {
	struct work *w;
	const struct rungs *plan;
	const char *record; /* what tells it from all others */
};

static int missing(struct err *e)
{
	err_set(e, -PDH_FAILED, NULL, "calendars need libical: %.200s", dlerror());
	return err_hint(e, "install the package libical3");
}

static int load(struct err *e)
{
	if (ical.library)
		return 0;
	void *library = dlopen("libical.so.3", RTLD_LAZY | RTLD_LOCAL);
	if (!library)
		return missing(e);
#define X(name)                                                               \
	ical.name = __extension__(__typeof__(&(name))) dlsym(library, #name); \
	if (!ical.name)                                                       \
		return missing(e);
	ICAL_MAP(X)
#undef X
	ical.library = library;
	return 0;
}

static void put(icalcomponent *c, icalproperty *p)
{
	ical.icalcomponent_add_property(c, p);
}

static struct icaltimetype day_of(struct work *w, civil_day day)
{
	int year, month, dom;

	date_split(day, &year, &month, &dom);
	return ical.icaltime_from_string(
		arena_printf(w->arena, "%04d%02d%02d", year, month, dom));
}

static struct icaltimetype instant_of(struct work *w, int64_t at)
{
	char iso[TIME_ISO_SIZE];
	char *out = arena_alloc(w->arena, TIME_ISO_SIZE);
	size_t n = 0;

	time_format_iso(at, iso);
	for (const char *c = iso; *c; c++)
		if (*c != '-' && *c != ':')
			out[n++] = *c;
	return ical.icaltime_from_string(out);
}

/* From the midnight with which the day begins to the time at which the rung speaks, as days and minutes of the clock on
 * the wall: seconds would be an hour off where daylight saving begins or ends in between. A duration of days is nominal
 * (RFC 5545, 3.3.6). */
static const char *trigger_of(struct work *w, const struct rung *rung)
{
	enum { DAY = 24 * 60, HOUR = 60 };
	const int64_t days = rung_day(rung) - rung->reminder.day;
	const int64_t minutes = days * DAY + rung->basis->policy.minute;
	const int64_t n = minutes < 0 ? -minutes : minutes;

	return arena_printf(w->arena, "%sP%dDT%dH%dM", minutes < 0 ? "-" : "",
			    (int)(n / DAY), (int)(n % DAY / HOUR), (int)(n % HOUR));
}

static void add_alarm(struct work *w, icalcomponent *event, const struct rung *rung)
{
	icalcomponent *alarm = ical.icalcomponent_new(ICAL_VALARM_COMPONENT);

	put(alarm, ical.icalproperty_new_action(ICAL_ACTION_DISPLAY));
	put(alarm, ical.icalproperty_new_description(rung->reminder.title));
	put(alarm, ical.icalproperty_new_trigger(
			   ical.icaltriggertype_from_string(trigger_of(w, rung))));
	ical.icalcomponent_add_component(event, alarm);
}

/* A day keeps its name when it moves, so that calendar programs move it too. The record is part of it: the calendars of
 * two people meet in one program. */
static const char *uid_of(const struct making *m, const struct remind_day *day)
{
	bool item = day->item_id != 0;

	return arena_printf(m->w->arena, "%s-%lld-%s@pdh", item ? "item" : "credential",
			    (long long)(item ? day->item_id : day->credential_id),
			    m->record);
}

/* It is stamped with the day, so that a file of the same day differs only where something else does. */
static icalcomponent *make_event(const struct making *making,
				 const struct remind_day *day)
{
	const struct rungs *plan = making->plan;
	struct work *w = making->w;
	const struct reminder *m = &day->about;
	const char *reason = reason_text(day->basis, m, w->arena);

	icalcomponent *event = ical.icalcomponent_new(ICAL_VEVENT_COMPONENT);
	put(event, ical.icalproperty_new_uid(uid_of(making, day)));
	put(event, ical.icalproperty_new_dtstamp(instant_of(w, clock_at(w->today, 0))));
	put(event, ical.icalproperty_new_dtstart(day_of(w, m->day)));
	put(event, ical.icalproperty_new_dtend(day_of(w, m->day + 1)));
	put(event, ical.icalproperty_new_summary(m->title));
	put(event, ical.icalproperty_new_description(
			   arena_printf(w->arena, "%s%s", reason, m->next)));
	put(event, ical.icalproperty_new_categories(m->credential));
	put(event, ical.icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	for (size_t i = day->first; i < day->first + day->n; i++)
		if (!plan->v[i].past)
			add_alarm(w, event, &plan->v[i]);
	return event;
}

static void name(icalcomponent *calendar, const char *text)
{
	icalproperty *p = ical.icalproperty_new_x(text);

	ical.icalproperty_set_x_name(p, "X-WR-CALNAME");
	put(calendar, p);
}

/* What tells this record from all others, since it was made. */
static int read_record(struct work *w, const char **ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_record_uid, &s, e);

	if (r == 0)
		r = db_step(w->db, s, e);
	if (r < 0)
		return r;
	*ret = r > 0 ? db_text(s, 0, w->arena) : "";
	return 0;
}

static void write_text(struct buf *out, const char *text, size_t n)
{
	if (buf_write(out, text, n) < 0)
		oom();
}

/* One event is made, written and freed after the other, so that many take no more memory than their text. */
static void write_event(const struct making *making, const struct remind_day *day,
			struct buf *out)
{
	icalcomponent *event = make_event(making, day);
	char *text = ical.icalcomponent_as_ical_string_r(event);

	write_text(out, text, strlen(text));
	free(text);
	ical.icalcomponent_free(event);
}

/* The calendar without its events; they stand before the length that is returned. */
static size_t make_frame(char **ret)
{
	icalcomponent *calendar = ical.icalcomponent_new(ICAL_VCALENDAR_COMPONENT);

	put(calendar, ical.icalproperty_new_version("2.0"));
	put(calendar, ical.icalproperty_new_prodid("-//pdh//pdhd " PDH_VERSION "//EN"));
	put(calendar, ical.icalproperty_new_method(ICAL_METHOD_PUBLISH));
	name(calendar, "Professional development");
	*ret = ical.icalcomponent_as_ical_string_r(calendar);
	ical.icalcomponent_free(calendar);
	const char *end = strstr(*ret, "END:VCALENDAR");
	return end ? (size_t)(end - *ret) : strlen(*ret);
}

int calendar_make(struct work *w, const struct rungs *plan, struct calendar *ret,
		  struct err *e)
{
	struct making making = {.w = w, .plan = plan};
	AUTO_BUF out = {0};
	char *frame;
	int r = load(e);

	if (r == 0)
		r = read_record(w, &making.record, e);
	if (r < 0)
		return r;
	size_t head = make_frame(&frame);
	write_text(&out, frame, head);
	ret->events = 0;
	for (size_t i = 0; i < plan->days_n; i++) {
		if (plan->days[i].item_id == REMIND_PACE)
			continue;
		write_event(&making, &plan->days[i], &out);
		ret->events++;
	}
	write_text(&out, frame + head, strlen(frame + head));
	free(frame);
	ret->text = arena_dup_n(w->arena, out.data, out.len);
	return 0;
}

int method_calendar_get(struct work *w, const struct calendar_get_params *p,
			struct calendar *ret, struct err *e)
{
	const struct texts everything = {0};
	struct rungs plan;
	int r = remind_plan(w, &everything, &plan, e);

	(void)p;
	return r < 0 ? r : calendar_make(w, &plan, ret, e);
}
