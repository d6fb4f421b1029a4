/* The handle: model, options, last answer.  Used by src/api only. */
#ifndef RM_API_PROBLEM_H
#define RM_API_PROBLEM_H

#include "base/memory.h"
#include "base/text.h"
#include "cost/custom.h"
#include "solve/explain.h"
#include "solve/fast.h"
#include "solve/path.h"
#include "solve/tree.h"
#include "solve/waterfill.h"

/* A piece of memory that knows its size, for the allocator hook.  `data` begins with a
 * cache line, in which whole vectors are read faster; `from` is what was allocated. */
typedef struct rm_block {
    void *data;
    int64_t bytes;
    void *from;
} rm_block;

/* What a handle keeps for each variable, one array each. */
enum {
    RM_WEIGHT, RM_TARGET, RM_PRICE, RM_LOWER, RM_UPPER,
    RM_X,     /* the last answer */
    RM_COEF,  /* the row's coefficients spread out; only when a row names its variables or there are holes */
    RM_NAMES, /* char *; only when a variable has a name */
    RM_FLAGS, /* RM_HOLE, RM_SEEN */
    RM_FAMILY, /* bytes, RM_FAMILY_*; only when a cost is not quadratic */
    RM_SHAPE,  /* only when a cost is alpha-fair */
    RM_CURRENT, RM_MOVE_UP, RM_MOVE_DOWN, /* only when moving costs */
    RM_STEP_START, RM_STEP_COUNT, /* int64_t, a variable's part of the steps; only when a cost is piecewise linear */
    RM_CUSTOM_AT, /* int64_t, where its custom record is, counted from 1; 0: it never had one */
    RM_VARIABLE_ARRAYS
};

enum {
    RM_HOLE = 1, /* removed */
    RM_SEEN = 2  /* stands in the index array at hand; set and cleared within one call */
};

typedef struct rm_row_data {
    double lower, upper;
    int64_t start, count; /* its part of the pool; count RM_ALL: every variable, coefficient 1 */
    char *name;
    int32_t flags;        /* RM_SEEN */
    double under, over, quadratic; /* what missing it costs; infinite: it must be met */
} rm_row_data;

enum { RM_MESSAGE_SIZE = 1024 };

struct rm_problem {
    rm_memory memory;
    int64_t variables, holes, rows, pool;
    rm_block variable[RM_VARIABLE_ARRAYS];
    rm_block row;                     /* rm_row_data */
    rm_block pool_index, pool_coef;   /* int64_t, double: the rows that name their variables */
    int is_spread;                    /* RM_COEF holds the row's coefficients as they are */
    int64_t curved;                   /* variables whose family is not the quadratic one */
    rm_block step_breakpoint, step_slope; /* double: the steps of piecewise linear costs, with gaps */
    int64_t steps;                    /* how far those are in use */
    int64_t stepped;                  /* variables with such a cost */
    int64_t movers;                   /* variables that pay for moving */
    rm_block custom;                  /* rm_custom */
    int64_t customs;                  /* how many of those are in use */
    rm_custom_state asked;            /* how asking the host went */
    unsigned plain;                   /* bit k: all values of array k are those of a new variable */
    rm_warm warm;                     /* what the last solve knew of the prices near its own */
    rm_block kept;                    /* the memory of that */
    rm_block tree, duals;             /* of several rows: room to solve in, and the multipliers of the last answer */
    int64_t outcome_row;              /* and which of them the outcome is about, or -1, */
    int outcome_nested;               /* and whether others are within that */
    char *name;
    double constant;
    double time_limit;
    int64_t iteration_limit, progress_step, threads;
    rm_run_fn run;                    /* the host's executor, or NULL */
    void *run_user;
    int32_t run_width;
    const int32_t *cancel;
    rm_progress_fn progress;
    void *progress_user;
    int busy;                         /* inside a callback */
    /* The last solve. */
    rm_status status;                 /* RM_ERROR_NO_ANSWER after an edit */
    int has_answer;
    int32_t solver;
    rm_water water;
    int has_figures;                  /* else they are worked out when somebody asks */
    rm_figures figures;
    double seconds, started;
    int64_t passes;
    rm_path path;                     /* count 0: none */
    rm_block conflict;                /* rm_conflict_item */
    int64_t conflict_items;           /* -1: not explained */
    char message[RM_MESSAGE_SIZE];
};

static inline double *rm_doubles(const rm_problem *p, int which)
{
    return p->variable[which].data;
}

static inline unsigned char *rm_flags(const rm_problem *p)
{
    return p->variable[RM_FLAGS].data;
}

static inline char **rm_names(const rm_problem *p)
{
    return p->variable[RM_NAMES].data;
}

static inline rm_row_data *rm_rows(const rm_problem *p)
{
    return p->row.data;
}

static inline unsigned char *rm_families(const rm_problem *p)
{
    return p->variable[RM_FAMILY].data;
}

static inline int64_t *rm_integers(const rm_problem *p, int which)
{
    return p->variable[which].data;
}

static inline rm_custom *rm_customs(const rm_problem *p)
{
    return p->custom.data;
}

static inline int rm_family(const rm_problem *p, int64_t i)
{
    return rm_families(p) ? rm_families(p)[i] : RM_FAMILY_QUADRATIC;
}

/* Whether there is a row that may be missed; by how much is then x of one variable more. */
static inline int rm_has_slack(const rm_problem *p)
{
    if (p->rows != 1)
        return 0;
    const rm_row_data *row = &rm_rows(p)[0];
    return (isfinite(row->under) || isfinite(row->over)) && (isfinite(row->lower) || isfinite(row->upper));
}

/* By how much the last answer misses it. */
static inline double rm_missed(const rm_problem *p)
{
    return rm_has_slack(p) ? rm_doubles(p, RM_X)[p->variables] : 0;
}

/* What its family's domain depends on: the shift, target, capacity or first breakpoint. */
static inline double rm_parameter(const rm_problem *p, int64_t i)
{
    if (rm_family(p, i) != RM_FAMILY_PIECEWISE)
        return rm_doubles(p, RM_TARGET)[i];
    return ((const double *)p->step_breakpoint.data)[rm_integers(p, RM_STEP_START)[i]];
}

/* Whether variable i pays for moving. */
static inline int rm_moves(const rm_problem *p, int64_t i)
{
    return rm_doubles(p, RM_CURRENT) && (rm_doubles(p, RM_MOVE_UP)[i] > 0 || rm_doubles(p, RM_MOVE_DOWN)[i] > 0);
}

/* problem.c */
/* Makes a block at least so large; its content stays.  RM_OK, RM_ERROR_MEMORY. */
rm_status rm_block_reserve(rm_problem *p, rm_block *b, int64_t bytes);
void rm_block_free(const rm_memory *m, rm_block *b);
/* For how many variables there is room in every array that is in use: where memory once gave out, some have more. */
int64_t rm_room_for_variables(const rm_problem *p);
/* Room for so many variables in every array that is in use. */
rm_status rm_reserve_variables(rm_problem *p, int64_t variables);
/* Room for one kind of array that is allocated on first use, zeroed. */
rm_status rm_reserve_array(rm_problem *p, int which);
/* Room for what the next solve may use of the last one. */
rm_status rm_reserve_kept(rm_problem *p, int64_t variables);
/* More than `wanted`, so that growing one by one costs O(1) each. */
int64_t rm_grown(int64_t present, int64_t wanted);
/* Before a solve: there is no answer any more. */
void rm_forget_answer(rm_problem *p);
/* After a change of the model: there is no answer and no path any more. */
void rm_withdraw(rm_problem *p);
/* The same, and nothing that was known of costs, bounds and coefficients holds. */
void rm_withdraw_all(rm_problem *p);
/* The same after variables or rows have come or gone. */
void rm_withdraw_shape(rm_problem *p);
/* A problem with one row at the most, as the solvers see it. */
rm_view rm_problem_view(const rm_problem *p);
/* With the row held at a total: it can be missed even where it has no side itself. */
rm_view rm_problem_view_at_totals(const rm_problem *p);
rm_row rm_problem_row(const rm_problem *p);
/* Before a view is used: spreads the row's coefficients, one for each variable. */
void rm_problem_spread(rm_problem *p);

/* message.c */
/* Opens a call: RM_ERROR_NULL, RM_ERROR_BUSY or RM_OK with an empty message. */
rm_status rm_enter(rm_problem *p);
/* Starts the message of a failing call: "call: ". */
rm_text rm_message_begin(rm_problem *p, const char *call);
/* "variable 7 ('gpu-a')" or "row 0 ('total')". */
void rm_message_thing(const rm_problem *p, rm_text *t, int32_t kind, int64_t index);
rm_status rm_fail_memory(rm_problem *p, const char *call);
rm_status rm_fail(rm_problem *p, const char *call, rm_status status, const char *words);
rm_status rm_fail_value(rm_problem *p, const char *call, rm_status status, const char *what, double value,
                        const char *rule);
/* The same for a whole number out of range. */
rm_status rm_fail_integer(rm_problem *p, const char *call, const char *what, int64_t value, const char *rule);
/* The arithmetic of this thread is as it has to be; the call fails with a message if not. */
rm_status rm_need_rounding(rm_problem *p, const char *call);

/* outcome.c */
/* How a solve went. */
typedef struct rm_outcome {
    rm_status status;
    const rm_water *water;
    const rm_figures *figures;
    rm_row row;
    int64_t index; /* of that row */
    int64_t passes;
} rm_outcome;

rm_outcome rm_last_outcome(const rm_problem *p);
/* It in a sentence; nothing after RM_OK. */
void rm_say_outcome(const rm_problem *p, const rm_outcome *o, rm_text *t);

/* solve.c */
/* What watches over a call that may take long; its passes are counted in *passes. */
rm_watch rm_open_watch(rm_problem *p, int64_t *passes);
/* Solves for a row of any sides.  *has_figures: they were needed; *has_x: x is an answer. */
rm_status rm_solve_row(rm_problem *p, const rm_view *view, rm_row row, double *x, rm_watch *watch, rm_water *water,
                       rm_figures *figures, int *has_figures, int *has_x);

/* many.c */
/* A problem of several rows as its solver sees it, in the room of the handle. */
typedef struct rm_many {
    rm_view view;
    rm_row_set rows;
    rm_offers offers;
    void *room; /* for the solver */
} rm_many;

/* Room for so many. */
rm_status rm_many_reserve(rm_problem *p, int64_t variables, int64_t rows);
/* Needs that room. */
rm_many rm_many_open(rm_problem *p);
/* Whether TREE can solve it; the call fails with a message if not. */
rm_status rm_many_prepare(rm_problem *p, const char *call, rm_tree *t);
/* Whether an answer to it can be checked; likewise. */
rm_status rm_many_prepare_to_verify(rm_problem *p, const char *call);
/* Solves what was prepared, and checks the answer. */
rm_status rm_many_solve(rm_problem *p, rm_tree *t, rm_watch *watch);
/* The figures of an answer, after that, and what the last one offers each variable. */
void rm_many_verify(rm_problem *p, const double *x, const double *dual, const rm_watch *watch, rm_figures *out);
void rm_many_offers(rm_problem *p, rm_offers *out);

/* input.c */
/* What an index may be. */
enum { RM_ANY_INDEX = 0, RM_NO_HOLES = 1, RM_NO_TWICE = 2 };
rm_status rm_check_indices(rm_problem *p, const char *call, int32_t kind, int64_t count, const int64_t *index,
                           int rules);
/* What a value may be. */
enum { RM_FINITE, RM_NOT_NEGATIVE, RM_BELOW_INFINITY, RM_ABOVE_MINUS_INFINITY, RM_POSITIVE, RM_NOT_BELOW_ZERO };
rm_status rm_check_values(rm_problem *p, const char *call, const char *what, int32_t kind, int64_t count,
                          const int64_t *index, const double *value, int rule);
/* custom.c */
/* Before the host may be asked: nothing of what it answered is still known. */
void rm_open_asking(rm_problem *p);
/* Why the host's answers will not do, as a message; `status` where they do. */
rm_status rm_close_asking(rm_problem *p, const char *call, rm_status status);
/* After the records, or the handle, have moved, or indices changed. */
void rm_settle_custom(rm_problem *p);
/* families.c */
/* The family is no longer piecewise linear, or the variable is removed. */
void rm_forget_steps(rm_problem *p, int64_t i);
/* Whether some x within the bounds has a cost; the call fails with a message if not.  `parameter`
 * is the shift, target or capacity. */
rm_status rm_check_domain(rm_problem *p, const char *call, int64_t i, int family, double parameter, double lower,
                          double upper);
/* lower <= upper for the k-th of a list; the call fails with a message if not. */
rm_status rm_check_order(rm_problem *p, const char *call, int32_t kind, int64_t index, double lower, double upper);

static inline int64_t rm_at(const int64_t *index, int64_t k)
{
    return index ? index[k] : k;
}

#endif
