#include "daemon/record/pairs.h"

#include <stdlib.h>
#include <string.h>

struct edge {
	size_t row, column;
	int64_t worth;
};

struct group {
	size_t n, m;
	size_t *rows, *columns;
	size_t edge_n;
	struct edge *edges;
};

struct finding {
	size_t n, m;
	size_t edge_n;
	struct edge *edges;
	size_t *root; /* of rows, then of columns */
	struct arena *arena;
	int *ret;
};

/* ---- what hangs together ------------------------------------------------------------------------------------------ */

static size_t root_of(struct finding *f, size_t i)
{
	while (f->root[i] != i)
		i = f->root[i] = f->root[f->root[i]];
	return i;
}

static void find_edges(struct finding *f, pairs_worth_fn *worth, const void *data)
{
	for (size_t i = 0; i < f->n; i++)
		for (size_t j = 0; j < f->m; j++) {
			int64_t w = worth(data, i, j);
			if (w <= 0)
				continue;
			f->edges = arena_grow(f->arena, f->edges, f->edge_n,
					      sizeof(*f->edges));
			f->edges[f->edge_n++] = (struct edge){i, j, w};
			f->root[root_of(f, i)] = root_of(f, f->n + j);
		}
}

static int by_root(const void *a, const void *b, void *data)
{
	struct finding *f = data;
	const struct edge *x = a, *y = b;
	size_t i = root_of(f, x->row), j = root_of(f, y->row);

	if (i != j)
		return i < j ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static size_t place_of(size_t *all, size_t *n, size_t member)
{
	for (size_t i = 0; i < *n; i++)
		if (all[i] == member)
			return i;
	all[*n] = member;
	return (*n)++;
}

/* ---- the best of a group: the Hungarian method, with a column of its own for each row that stays alone --------------------- */

struct matrix {
	size_t n, m; /* m: columns, those of their own too; both from 1 */
	int64_t *cost;
	int64_t *u, *v; /* what each row and each column adds to its costs */
	size_t *p;	/* the row of each column; 0 for none */
	size_t *way;	/* the column before it, on the way to a free one */
	int64_t *least; /* the least cost at which the way comes to each column */
	bool *used;	/* the way went through it */
};

static int64_t cost_at(const struct matrix *x, size_t i, size_t j)
{
	return x->cost[(i - 1) * x->m + j - 1];
}

/* Looks on from a column: the nearest of those that are not used, and how far it is. */
static size_t look_on(struct matrix *x, size_t column, int64_t *ret_far)
{
	size_t i = x->p[column], next = 0;

	*ret_far = INT64_MAX;
	for (size_t j = 1; j <= x->m; j++) {
		int64_t cost = cost_at(x, i, j) - x->u[i] - x->v[j];
		if (x->used[j])
			continue;
		if (cost < x->least[j]) {
			x->least[j] = cost;
			x->way[j] = column;
		}
		if (x->least[j] < *ret_far) {
			*ret_far = x->least[j];
			next = j;
		}
	}
	return next;
}

static void come_nearer(struct matrix *x, int64_t far)
{
	for (size_t j = 0; j <= x->m; j++)
		if (x->used[j]) {
			x->u[x->p[j]] += far;
			x->v[j] -= far;
		} else {
			x->least[j] -= far;
		}
}

/* One row more: the cheapest way to a free column is looked for, and the rows on it move on by one. */
static void add_row(struct matrix *x, size_t row)
{
	size_t column = 0;
	int64_t far;

	x->p[0] = row;
	for (size_t j = 0; j <= x->m; j++) {
		x->least[j] = INT64_MAX;
		x->used[j] = false;
	}
	do {
		x->used[column] = true;
		size_t next = look_on(x, column, &far);
		come_nearer(x, far);
		column = next;
	} while (x->p[column]);
	for (; column; column = x->way[column])
		x->p[column] = x->p[x->way[column]];
}

static void begin_matrix(struct matrix *x, const struct group *g, struct arena *a)
{
	size_t size = g->m + g->n + 1;

	*x = (struct matrix){.n = g->n, .m = g->m + g->n};
	x->u = arena_array(a, g->n + 1, sizeof(*x->u));
	x->v = arena_array(a, size, sizeof(*x->v));
	x->p = arena_array(a, size, sizeof(*x->p));
	x->way = arena_array(a, size, sizeof(*x->way));
	x->least = arena_array(a, size, sizeof(*x->least));
	x->used = arena_array(a, size, sizeof(*x->used));
	x->cost = arena_array(a, x->n * x->m, sizeof(*x->cost));
	for (size_t i = 0; i < x->n; i++)
		for (size_t j = 0; j < x->m; j++)
			/* To stay alone costs nothing; what may not be costs more than all. */
			x->cost[i * x->m + j] = j == g->m + i ? 0 : PAIRS_WORTH_MOST;
}

static void settle_group(struct finding *f, const struct group *g)
{
	AUTO_ARENA a = {NULL};
	struct matrix x;

	begin_matrix(&x, g, &a);
	for (size_t k = 0; k < g->edge_n; k++)
		x.cost[g->edges[k].row * x.m + g->edges[k].column] = -g->edges[k].worth;
	for (size_t i = 1; i <= x.n; i++)
		add_row(&x, i);
	for (size_t j = 1; j <= g->m; j++)
		if (x.p[j] && cost_at(&x, x.p[j], j) < 0)
			f->ret[g->rows[x.p[j] - 1]] = (int)g->columns[j - 1];
}

/* ---- large groups ------------------------------------------------------------------------------------------------------- */

static int by_worth(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (x->worth != y->worth)
		return x->worth > y->worth ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static void settle_greedily(struct finding *f, const struct group *g)
{
	bool *taken = arena_array(f->arena, g->m + 1, sizeof(*taken));

	qsort(g->edges, g->edge_n, sizeof(*g->edges), by_worth);
	for (size_t k = 0; k < g->edge_n; k++) {
		const struct edge *e = &g->edges[k];
		if (taken[e->column] || f->ret[g->rows[e->row]] != PAIRS_NONE)
			continue;
		taken[e->column] = true;
		f->ret[g->rows[e->row]] = (int)g->columns[e->column];
	}
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------- */

static struct group group_of(struct finding *f, const struct edge *edges, size_t n)
{
	struct group g = {.edge_n = n};

	g.rows = arena_array(f->arena, n, sizeof(*g.rows));
	g.columns = arena_array(f->arena, n, sizeof(*g.columns));
	g.edges = arena_array(f->arena, n, sizeof(*g.edges));
	for (size_t i = 0; i < n; i++)
		g.edges[i] = (struct edge){place_of(g.rows, &g.n, edges[i].row),
					   place_of(g.columns, &g.m, edges[i].column),
					   edges[i].worth};
	return g;
}

bool pairs_best(size_t n, size_t m, pairs_worth_fn *worth, const void *data,
		struct arena *a, int *ret)
{
	struct finding f = {.n = n, .m = m, .arena = a, .ret = ret};
	bool best = true;

	f.root = arena_array(a, n + m + 1, sizeof(*f.root));
	for (size_t i = 0; i < n + m; i++)
		f.root[i] = i;
	for (size_t i = 0; i < n; i++)
		ret[i] = PAIRS_NONE;
	find_edges(&f, worth, data);
	if (f.edge_n)
		qsort_r(f.edges, f.edge_n, sizeof(*f.edges), by_root, &f);
	for (size_t begin = 0, end; begin < f.edge_n; begin = end) {
		size_t root = root_of(&f, f.edges[begin].row);
		for (end = begin + 1;
		     end < f.edge_n && root_of(&f, f.edges[end].row) == root; end++)
			;
		const struct group g = group_of(&f, f.edges + begin, end - begin);
		if (g.n <= PAIRS_GROUP_MOST && g.m <= PAIRS_GROUP_MOST) {
			settle_group(&f, &g);
		} else {
			settle_greedily(&f, &g);
			best = false;
		}
	}
	return best;
}
