using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

public sealed class ChatTemplateTests
{
    private static readonly ChatMessage[] Talk =
    [
        new("system", "Be kind."), new("user", " Hi "), new("assistant", "Hello."), new("user", "Bye"),
    ];

    [Theory]
    [InlineData("{{ bos_token }}|{{ eos_token }}", "<s>|</s>")]
    [InlineData("{% for m in messages %}{{ m['role'] }}:{{ m.content | trim }};{% endfor %}", "system:Be kind.;user:Hi;assistant:Hello.;user:Bye;")]
    [InlineData("{% for m in messages %}{{ loop.index0 }}{% if loop.first %}F{% elif loop.last %}L{% else %}-{% endif %}{% endfor %}", "0F1-2-3L")]
    [InlineData("{% for m in messages[1:] %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/3 2/3 3/3 ")]
    [InlineData("{{ messages[-1].content }}{{ messages[0]['role'] + '!' }}", "Byesystem!")]
    [InlineData("{% if messages[0]['role'] == 'system' and not false %}yes{% endif %}", "yes")]
    [InlineData("{% if missing is defined %}a{% elif add_generation_prompt is defined %}b{% endif %}", "b")]
    [InlineData("{% if messages[0].name is not defined or missing %}c{% endif %}{{ missing }}", "c")]
    [InlineData("{% set a = 'x' %}{% set b = a ~ 1 ~ true %}{{ b }}", "x1True")]
    [InlineData("{% set a = 1 %}{% for m in messages %}{% set a = 2 %}{% endfor %}{{ a }}", "1")]
    [InlineData("{% set n = namespace(a=1) %}{% for m in messages %}{% set n.a = n.a + 1 %}{% endfor %}{{ n.a }}", "5")]
    [InlineData("{{ 'a' if messages|length > 3 else 'b' }}{{ 7 % 2 }}{{ 'i' in 'hi' }}{{ 'user' not in ['system'] }}", "a1TrueTrue")]
    [InlineData("{{ '\\n\\t\\'q\\'\\u0041' }}{# not {{ shown }} #}{{ \"%}\" }}", "\n\t'q'A%}")]
    [InlineData("{{ messages[1].content.strip() }}{{ 'abc'.startswith('ab') }}{{ none is none }}{{ (1 == 1) != (1 == 2) }}", "HiTrueTrueTrue")]
    [InlineData("{{ 1 + 2 ~ 'x' if false else 2 - 3 }}", "-1")]
    public void Render_Supported_GivesTheText(string template, string expected) =>
        Assert.Equal(expected, ChatTemplate.Parse(template, "t").Render([.. Talk], "<s>", "</s>"));

    [Theory]
    [InlineData("a\n{% if true %}\nb\n{% endif %}\nc\n", "a\nb\nc")]
    [InlineData("a\n  {%- if true -%}\n  b  \n {%- endif %}\nc", "abc")]
    [InlineData("a\n  {% if true %}b{% endif %}\nc", "a\nbc")]
    [InlineData("a\n  {%+ if true %}b{% endif +%}\nc", "a\n  b\nc")]
    [InlineData("x  {{- ' y ' -}}  z\n{{ 'w' }}\nv", "x y z\nw\nv")]
    [InlineData("x {% set a = 1 %} y", "x  y")]
    [InlineData("a\n  {# note #}\nb", "a\nb")]
    [InlineData("a\r\n{% if true %}\r\nb{% endif %}", "a\nb")]
    public void Render_WhiteSpace_GoesAsChatTemplatesExpect(string template, string expected) =>
        Assert.Equal(expected, ChatTemplate.Parse(template, "t").Render([], "", ""));

    [Theory]
    [InlineData("{{ messages | tojson }}", "the filter tojson, which is not supported (line 1, column 13)")]
    [InlineData("\n\n  {% macro f() %}{% endmacro %}", "{% macro %}, which is not supported (line 3, column 6)")]
    [InlineData("{{ strftime_now('%Y') }}", "calls strftime_now(), which is not supported")]
    [InlineData("{{ a.items() }}", "calls .items(), which is not supported")]
    [InlineData("{% if a is mapping %}{% endif %}", "the test mapping, which is not supported")]
    [InlineData("{% for k, v in a %}{% endfor %}", "loops over pairs")]
    [InlineData("{% for a in b if a %}{% endfor %}", "loops with a condition")]
    [InlineData("{% for a in b %}{% else %}{% endfor %}", "else in a loop")]
    [InlineData("{% for a in b %}{{ loop.cycle }}{% endfor %}", "loop.cycle, which is not supported")]
    [InlineData("{% set a %}x{% endset %}", "sets a name to a block")]
    [InlineData("{{ a[1:2:3] }}", "slices with a step")]
    [InlineData("{{ {'a': 1} }}", "has { where a value is expected")]
    [InlineData("{% if true %}", "opens {% if %} and does not close it")]
    [InlineData("{% endfor %}", "closes what it does not open")]
    [InlineData("{{ 'a' ", "opens {{ and does not close it with }}")]
    [InlineData("{{ 1 2 }}", "has 2, which is not supported here")]
    [InlineData("{{ a @ b }}", "has a @ where an expression is expected")]
    public void Parse_BeyondTheSubset_IsRefusedByNameAndPlace(string template, string expected) =>
        Assert.Contains(expected, Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ raise_exception('roles must alternate') }}", "refuses the conversation: roles must alternate")]
    [InlineData("{{ missing.name }}", "asks a name that is not defined for a member")]
    [InlineData("{{ messages }}", "prints a list")]
    [InlineData("{{ 'a' + 1 }}", "applies + to a text and a number")]
    [InlineData("{% for m in 5 %}{% endfor %}", "loops over a number")]
    public void Render_WhatCannotBe_IsRefused(string template, string expected) => Assert.Contains(
        expected, Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t").Render([.. Talk], "", "")).Message, StringComparison.Ordinal);

    [Fact]
    public void Render_Doubling_StopsAtTheLimit()
    {
        string doubling = "{% set n = namespace(a='xxxxxxxx') %}" + string.Concat(Enumerable.Repeat("{% set n.a = n.a + n.a %}", 60));

        var error = Assert.Throws<TemplateException>(() => ChatTemplate.Parse(doubling, "t").Render([], "", ""));

        Assert.Contains("more than 4000000 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NestedLoops_StopAtTheLimit()
    {
        string loops = string.Concat(Enumerable.Repeat("{% for m in messages %}", 12)) + "x" + string.Concat(Enumerable.Repeat("{% endfor %}", 12));

        var error = Assert.Throws<TemplateException>(() => ChatTemplate.Parse(loops, "t").Render([.. Talk], "", ""));

        Assert.Contains("more than 1000000 steps", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", 5000)]
    [InlineData("-", 5000)]
    [InlineData("not ", 5000)]
    [InlineData("[", 5000)]
    [InlineData("1 + ", 500_000)]
    [InlineData("not ", 500_000)]
    [InlineData("1 if 1 else ", 5000)]
    public void Parse_DeepNesting_IsRefused(string opening, int count)
    {
        string template = "{{ " + string.Concat(Enumerable.Repeat(opening, count)) + "1 }}";

        Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t").Render([], "", ""));
    }
}
