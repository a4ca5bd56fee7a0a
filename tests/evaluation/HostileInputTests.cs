using CsCheck;

namespace RailCluster.Evaluation.Tests;

/// <summary>Whatever a file holds, a person gets one line about it and never a stack trace.</summary>
public sealed class HostileInputTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ",", ":", "\n", "\r\n", "\uFEFF", "\\", "\\ud83d", "\\u0000", "null", "true", "1e999", "-1", "0.5", " ",
        "{\"id\":\"a\",\"prompt\":\"x\"}", "\"id\"", "\"prompt\"", "\"suite\"", "\"seed\"", "\"dimensions\"", "\"safety\"", "\"tags\"", "\"expected\"",
        "\"messages\"", "\"role\"", "\"content\"", "\"input_ids\"", "\"tolerances\"", "\"gated\"", "\"floors\"", "\"version\"", "\"checkpoints\"", "\"metric\"",
        "goal,target\n", "id,prompt,type,label\n", "{\"\\ud800\":1}", "\t", ";", "prompt\tid\n", "{\"data\":[{\"prompt\":\"x\"}]}", "\0",
    ];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Array[0, 25].Select(picks => string.Concat(picks.Select(pick => Pieces[pick])));

    [Fact]
    public void Read_SuiteOfAnyText_GivesASuiteOrOneLine() => Check(text => SuiteFile.Read(new StringReader(text), "f"));

    [Fact]
    public void Import_AnyText_GivesASuiteOrOneLine() => Check(text => SuiteImporter.Import(text, "f", new ImportSettings()));

    [Theory]
    [InlineData("\"a\nb\",c\nx,y\n")]
    [InlineData("a\u001b[31mb,c\nx,y\n")]
    public void Import_ColumnsThatWouldBreakTheLine_AreQuotedHarmlessly(string text)
    {
        var refused = Assert.Throws<RailInputException>(() => SuiteImporter.Import(text, "f", new ImportSettings()));

        Assert.StartsWith("f: the columns a", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    [Fact]
    public void Read_PolicyOfAnyText_GivesAPolicyOrOneLine() => Check(text => PolicyFile.Read(text, "f"));

    [Fact]
    public void Read_TaskMetricsOfAnyText_GivesThemOrOneLine() => Check(text => TaskMetricFile.Read(text, "f"));

    private static void Check(Func<string, object> read) => Texts.Sample(text =>
    {
        try
        {
            return read(text) is not null;
        }
        catch (RailInputException exception)
        {
            return exception.Message.StartsWith('f') && !exception.Message.Any(char.IsControl);
        }
    }, iter: 5_000);
}
