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
    [InlineData("\n\n  {% include 'x' %}", "uses {% include %}, which is not supported (line 3, column 5)")]
    [InlineData("{% import 'x' as y %}", "uses {% import %}")]
    [InlineData("{% extends 'x' %}", "uses {% extends %}")]
    [InlineData("{% block a %}{% endblock %}", "uses {% block %}")]
    [InlineData("{% do a %}", "uses {% do %}")]
    [InlineData("{% for a in b recursive %}{% endfor %}", "a recursive loop, which is not supported (line 1, column 15)")]
    [InlineData("{{ a | urlencode }}", "the filter urlencode, which is not supported (line 1, column 6)")]
    [InlineData("{{ a is escaped }}", "the test escaped, which is not supported")]
    [InlineData("{{ '\\N{DASH}' }}", "names a character with \\N")]
    [InlineData("{{ '\\u12' }}", "a \\u without the 4 digits")]
    [InlineData("{{ 99999999999999999999 }}", "the number 99999999999999999999, which is too large")]
    [InlineData("{% if true %}", "opens {% if %} and does not close it")]
    [InlineData("{% endfor %}", "closes with {% endfor %} what it does not open before")]
    [InlineData("{% for a in b %}{% endif %}", "has endif where endfor is expected")]
    [InlineData("{% break %}", "leaves a loop outside of any")]
    [InlineData("{% for a in b %}{% set x %}{% break %}{% endset %}{% endfor %}", "leaves a loop outside of any")]
    [InlineData("{{ 'a' ", "opens {{ and does not close it with }}")]
    [InlineData("{% raw %} a", "opens {% raw %} and does not close it")]
    [InlineData("{{ 1 2 }}", "has 2, which is not supported here")]
    [InlineData("{{ a @ b }}", "has a @ where an expression is expected")]
    public void Parse_BeyondTheLanguage_IsRefusedByNameAndPlace(string template, string expected) =>
        Assert.Contains(expected, Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ raise_exception('roles must alternate') }}", "refuses the conversation: roles must alternate")]
    [InlineData("{{ missing.name }}", "uses missing, which is not defined (line 1, column 11)")]
    [InlineData("a\n{{ messages[0].tool.name }}", "uses the member tool of a mapping, which is not defined (line 2, column 20)")]
    [InlineData("{{ 'a' + 1 }}", "applies + to a text and a number")]
    [InlineData("{% for m in 5 %}{% endfor %}", "goes through a number")]
    [InlineData("{{ 'a'.format(1) }}", "uses .format(), which is not supported")]
    [InlineData("{{ ('a'|safe).strip() }}", "uses .strip() of a text marked as safe, which is not supported")]
    [InlineData("{{ 'a'|safe|upper }}", "applies upper to a text marked as safe")]
    [InlineData("{{ [].append(1) }}", "calls .append(), and a template may not change lists and mappings")]
    [InlineData("{{ messages[0].update({}) }}", "calls .update(), and a template may not change")]
    [InlineData("{{ cycler('a') }}", "uses cycler, which is not supported")]
    [InlineData("{{ strftime_now('%U') }}", "asks for a date by %U, which is not supported")]
    [InlineData("{{ 9223372036854775807 + 1 }}", "whole number beyond 64 bits")]
    [InlineData("{{ {(1, 2): 3} }}", "uses a tuple as a key, which is not supported")]
    [InlineData("{{ namespace(a=1) }}", "prints a namespace, which is not supported")]
    [InlineData("{{ messages|map('upper') }}", "prints a generator, which is not supported")]
    [InlineData("{{ 'a' is sameas 'a' }}", "the same object, which is not supported")]
    public void Render_WhatCannotBe_IsRefused(string template, string expected) => Assert.Contains(
        expected, Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t").Render([.. Talk], "", "")).Message, StringComparison.Ordinal);

    [Fact]
    public void Render_NoBos_LeavesItUndefined() =>
        Assert.Equal("[]no</s>", ChatTemplate.Parse("[{{ bos_token }}]{{ 'yes' if bos_token is defined else 'no' }}{{ eos_token }}", "t").Render([], null, "</s>"));

    [Theory]
    [InlineData("(", 5000)]
    [InlineData("-", 5000)]
    [InlineData("[", 5000)]
    [InlineData("1 + ", 200_000)]
    [InlineData("not ", 200_000)]
    [InlineData("1 if 1 else ", 5000)]
    [InlineData("{'a': ", 5000)]
    [InlineData("a[", 5000)]
    [InlineData("a(", 5000)]
    [InlineData("1 is eq ", 5000)]
    public void Parse_DeepNesting_IsRefused(string opening, int count)
    {
        string template = "{{ " + string.Concat(Enumerable.Repeat(opening, count)) + "1 }}";

        Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t").Render([], "", ""));
    }
}
