/* pdh query without SQL: the views. */
#include "client/show/answers.h"

#include "client/term/text.h"

void show_queried(const struct show *v, const struct queried *r)
{
	for (size_t i = 0; i < r->views.n; i++) {
		const struct query_view *view = &r->views.v[i];
		int label = 0;

		if (i)
			screen_end(&v->s);
		screen_line(&v->s, "%s: %s", view->name, view->doc);
		for (size_t k = 0; k < view->columns.n; k++) {
			int w = text_width(view->columns.v[k].name);
			label = w > label ? w : label;
		}
		for (size_t k = 0; k < view->columns.n; k++)
			screen_field(&v->s, label, view->columns.v[k].name,
				     view->columns.v[k].doc);
	}
}
