/* Text in a buffer that may be too small. */
#include "base/text.h"
#include "support.h"

/* One, two, three and four bytes each. */
static const char words[] = "a\xc3\xa9" "b\xe2\x82\xac" "c\xf0\x9f\x9a\x80" "d";

/* Whether text[end] may be the end of a text: the beginning of a character. */
static int border(int64_t end)
{
    return ((unsigned char)words[end] & 0xc0) != 0x80;
}

static void check_cut(const char *buffer, int64_t length, int64_t capacity)
{
    assert_int_equal(length, sizeof words - 1);
    if (capacity <= 0)
        return;
    int64_t expected = capacity - 1 < length ? capacity - 1 : length;
    while (!border(expected))
        expected--;
    assert_int_equal(strlen(buffer), expected);
    assert_memory_equal(buffer, words, (size_t)expected);
}

static void copies_are_cut_between_characters(void **state)
{
    (void)state;
    for (int64_t capacity = 0; capacity <= (int64_t)sizeof words + 3; capacity++) {
        char *buffer = malloc((size_t)capacity + 1); /* its end guarded by valgrind and the sanitizers */
        memset(buffer, 'x', (size_t)capacity + 1);
        check_cut(buffer, rm_text_copy(words, buffer, capacity), capacity);
        assert_int_equal(buffer[capacity], 'x');
        free(buffer);
    }
    assert_int_equal(rm_text_copy(words, NULL, 0), sizeof words - 1);
    assert_int_equal(rm_text_copy(words, NULL, 100), sizeof words - 1);
}

static void pieces_are_cut_as_the_whole(void **state)
{
    (void)state;
    for (int64_t capacity = 1; capacity <= (int64_t)sizeof words; capacity++)
        for (int64_t cut = 0; cut < (int64_t)sizeof words; cut++) {
            char buffer[sizeof words + 1], first[sizeof words];
            memcpy(first, words, (size_t)cut);
            first[cut] = 0;
            rm_text t = rm_text_begin(buffer, capacity);
            rm_text_add(&t, first);
            rm_text_add(&t, words + cut);
            check_cut(buffer, t.length, capacity);
        }
}

static void nothing_is_written_below_one_byte(void **state)
{
    (void)state;
    char buffer[4] = "xyz";
    assert_int_equal(rm_text_copy(words, buffer, 0), sizeof words - 1);
    assert_int_equal(rm_text_copy(words, buffer, -5), sizeof words - 1);
    assert_string_equal(buffer, "xyz");
    assert_int_equal(rm_text_copy("", buffer, 4), 0);
    assert_string_equal(buffer, "");
}

static void numbers_are_text_too(void **state)
{
    (void)state;
    char buffer[100];
    rm_text t = rm_text_begin(buffer, sizeof buffer);
    rm_text_add_integer(&t, -42);
    rm_text_add(&t, " ");
    rm_text_add_number(&t, 0.1 + 0.2);
    rm_text_add(&t, " ");
    rm_text_add_figure(&t, 0.1 + 0.2);
    assert_string_equal(buffer, "-42 0.30000000000000004 0.3");
    assert_int_equal(t.length, strlen(buffer));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_cut_between_characters),
        cmocka_unit_test(pieces_are_cut_as_the_whole),
        cmocka_unit_test(nothing_is_written_below_one_byte),
        cmocka_unit_test(numbers_are_text_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
