using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>A template is a file from anywhere: whatever it holds, it ends, in bounded memory, with a text or a <see cref="TemplateException"/>.</summary>
public sealed class TemplateLimitsTests
{
    private static readonly string[] Pieces =
    [
        "{{ ", " }}", "{% ", " %}", "{%- ", " -%}", "{# ", " #}", "if ", "else", "elif ", "endif", "for ", " in ", "endfor", "set ", "endset", "macro f(", "endmacro", "call f(",
        "endcall", "filter upper", "endfilter", "raw", "endraw", "generation", "endgeneration", "with a=1", "endwith", "break", "continue", "messages", "a", "b", "loop.index", ".role",
        "['content']", "[0]", "[1:]", "[::-1]", "(", ")", "[", "]", "{", "}", ", ", ": ", " = ", " == ", " + ", " - ", " * ", " ** ", " // ", " % ", " ~ ", " and ", " or ", "not ", " is ",
        "defined", "string", "|", "trim", "tojson", "join", "list", "map('upper')", "sort", "int", "replace('a', 'b')", ".strip()", ".split('a')", ".items()", "namespace(a=1)", "range(9)",
        "'text'", "\"x\"", "'", "\\", "1", "2.5", "99", "none", "true", "\n", "  ", "text", "🙂", "{{ messages[0].role }}", "{% for a in messages %}", "{% endfor %}", "{% if a %}", "{% endif %}",
    ];

    [Fact]
    public void Parse_AnyText_GivesATemplateOrATemplateException() => Gen.String.Sample(Runs, iter: 2000);

    [Fact]
    public void Parse_AnyRowOfPieces_GivesATemplateOrATemplateException() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 40].Sample(pieces => Runs(string.Concat(pieces)), iter: 3000);

    [Fact]
    public void Parse_AnyExpressionOfPieces_GivesATemplateOrATemplateException() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 12].Sample(pieces => Runs("{{ " + string.Concat(pieces) + " }}"), iter: 3000);

    [Theory]
    [InlineData("{% set n = namespace(a='xxxxxxxx') %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}", "4000000 characters")]
    [InlineData("{% set n = namespace(a=[1]) %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}", "makes")]
    [InlineData("{{ 'x' * 99999999999 }}", "4000000 characters")]
    [InlineData("{{ [1] * 99999999999 }}", "4000000 characters")]
    [InlineData("{{ 'x' * 9223372036854775807 }}", "4000000 characters")]
    [InlineData("{{ 'x'.ljust(9223372036854775807) }}", "4000000 characters")]
    [InlineData("{{ 'x'|center(99999999999) }}", "4000000 characters")]
    [InlineData("{{ [1, 2]|batch(99999999999, 'x')|list }}", "4000000 characters")]
    [InlineData("{{ ('a' * 3000000).replace('', 'bbbbbbbb') }}", "makes")]
    [InlineData("{{ ('a' * 3000000)|list|tojson(indent=1000000) }}", "steps")]
    [InlineData("{{ 'a\\nb'|indent(99999999999) }}", "4000000 characters")]
    [InlineData("{{ '%999999999d' % 1 }}", "%999999999d, which is not supported")]
    [InlineData("{{ 10 ** 1000000000 }}", "beyond 64 bits")]
    [InlineData("{{ 2 ** 63 }}", "beyond 64 bits")]
    [InlineData("{{ range(100001) }}", "more than 100000 numbers")]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", "steps")]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) if false %}{% endfor %}{% endfor %}", "steps")]
    [InlineData("{% for a in range(1000) %}{{ 'x' * 100000 }}{% endfor %}", "characters")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "nests more than")]
    [InlineData("{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}", "nests more than")]
    [InlineData("{% set n = namespace(a=[]) %}{% for i in range(10000) %}{% set n.a = [n.a] %}{% endfor %}{{ n.a }}", "nests values more than")]
    [InlineData("{% set n = namespace(a=[]) %}{% for i in range(90) %}{% set n.a = [n.a, n.a] %}{% endfor %}{{ n.a }}", "steps|makes")]
    [InlineData("{% set n = namespace(a=[], b=[]) %}{% for i in range(90) %}{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}{% endfor %}{{ n.a == n.b }}", "steps")]
    [InlineData("{% set n = namespace(a=[], b=[]) %}{% for i in range(90) %}{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}{% endfor %}{{ n.a < n.b }}", "steps")]
    [InlineData("{% set n = namespace(a=[]) %}{% for i in range(90) %}{% set n.a = [n.a, n.a] %}{% endfor %}{{ n.a|tojson }}", "steps|makes")]
    [InlineData("{% set n = namespace() %}{% for i in range(100000) %}{% set n.a = (n.a or '') ~ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}{% endfor %}", "makes")]
    [InlineData("{% set n = namespace(l=[]) %}{% for i in range(100000) %}{% set n.l = n.l + ['x' * 100000] %}{% endfor %}", "makes")]
    [InlineData("{% for i in range(100000) %}{% set x %}{{ 'x' * 10000 }}{% endset %}{% endfor %}", "makes")]
    [InlineData("{{ '{% for a in messages %}' * 9 }}{% set s = 'a,' * 1000000 %}{% for i in range(1000) %}{% set x = s.split(',') %}{% endfor %}", "makes")]
    [InlineData("{% set n = namespace(s=[1]) %}{% for i in range(100000) %}{% set n.s = n.s|map('string') %}{% endfor %}{{ n.s|list }}", "nests values more than")]
    [InlineData("{% set s = 'x' * 4000000 %}{% for i in range(100000) %}{% set n = s|length %}{% endfor %}", "steps")]
    [InlineData("{% set s = 'x' * 2000000 %}{% set t = 'x' * 1000000 ~ 'y' %}{% for i in range(100000) %}{% set n = t in s %}{% endfor %}", "steps")]
    [InlineData("{% set s = 'x' * 3000000 %}{% set t = 'x' * 3000000 %}{% for i in range(100000) %}{% set n = s == t %}{% endfor %}", "steps")]
    [InlineData("{% set s = 'x' * 3000000 %}{{ ([s] * 100000)|sort }}", "makes")]
    [InlineData("{% set s = 'x' * 3000000 %}{% for i in range(100000) %}{% set n = s[1000000] %}{% endfor %}", "steps")]
    public void Render_ABomb_StopsAtALimit(string template, string expected)
    {
        TemplateException error = Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t").Render([], "", ""));

        Assert.Contains(expected.Split('|'), part => error.Message.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_NestedLoops_StopAtALimit()
    {
        ChatMessage[] talk = [new("user", "a"), new("assistant", "b"), new("user", "c"), new("assistant", "d")];
        string loops = string.Concat(Enumerable.Repeat("{% for m in messages %}", 12)) + "x" + string.Concat(Enumerable.Repeat("{% endfor %}", 12));

        var error = Assert.Throws<TemplateException>(() => ChatTemplate.Parse(loops, "t").Render([.. talk], "", ""));

        Assert.Contains("steps", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% if 1 %}")]
    [InlineData("{% for a in [1] %}")]
    [InlineData("{% macro f() %}")]
    [InlineData("{% set x %}")]
    [InlineData("{% if 0 %}{% else %}")]
    public void Parse_DeepBlocks_AreRefused(string opening)
    {
        string template = string.Concat(Enumerable.Repeat(opening, 3000));

        Assert.Contains("nests blocks more than", Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".a", 9000)]
    [InlineData("[0]", 6000)]
    [InlineData("|trim", 9000)]
    [InlineData("()", 9000)]
    [InlineData(" if 1", 9000)]
    public void Render_LongChains_EndWithoutExhaustingTheStack(string link, int count)
    {
        string template = "{{ a" + string.Concat(Enumerable.Repeat(link, count)) + " }}";

        Assert.Throws<TemplateException>(() => ChatTemplate.Parse(template, "t").Render([], "", ""));
    }

    [Theory]
    [InlineData("{% macro f() %}{{ ", "[", "f()", "]", " }}{% endmacro %}{{ f() }}")]
    [InlineData("{% macro f(a) %}{{ ", "({'a': 1 if 0 else ", "f(a=1)", "}|items|list|first)", " }}{% endmacro %}{{ f() }}")]
    [InlineData("{% macro f() %}", "{% for a in [1] if true %}", "{{ f() }}", "{% endfor %}", "{% endmacro %}{{ f() }}")]
    [InlineData("{% macro f() %}", "{% set x %}{% filter upper %}", "{{ f() }}", "{% endfilter %}{% endset %}{{ x }}", "{% endmacro %}{{ f() }}")]
    [InlineData("{% macro f() %}", "{% call f() %}", "{{ f() }}", "{% endcall %}", "{% endmacro %}{{ f() }}")]
    [InlineData("{% set n = namespace(s=[[1]]) %}{% for i in range(99) %}{% set n.s = n.s|map('list') %}{% endfor %}", "", "{{ n.s|list }}", "", "{{ 1 / 0 }}")]
    public void Render_TheDeepestThatIsLetThrough_FitsASmallStack(string before, string open, string inside, string close, string after)
    {
        int[] depths = [1, 5, 20, 24, 45, 90, 99];
        var errors = new List<string>();
        var thread = new Thread(
            () => errors.AddRange(depths.Select(depth => Error(before + Repeated(open, depth) + inside + Repeated(close, depth) + after))), 1024 * 1024);
        thread.Start();
        thread.Join();

        Assert.Equal(depths.Length, errors.Count);
        Assert.DoesNotContain("", errors);
    }

    [Fact]
    public void Parse_TooLong_IsRefused() =>
        Assert.Contains("more than 1000000 characters", Assert.Throws<TemplateException>(() => ChatTemplate.Parse(new string('x', 1_000_001), "t")).Message, StringComparison.Ordinal);

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Error(string template)
    {
        try
        {
            ChatTemplate.Parse(template, "t").Render([], "", "");
            return "";
        }
        catch (TemplateException e)
        {
            return e.Message;
        }
    }

    private static void Runs(string template)
    {
        try
        {
            ChatTemplate.Parse(template, "t").Render([new("user", "Hi a"), new("assistant", "b")], "<s>", null);
        }
        catch (TemplateException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }
}
