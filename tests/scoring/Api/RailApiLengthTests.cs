using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Scoring.Tests;

/// <summary>Answers that the service does not take for their length.</summary>
public sealed class RailApiLengthTests : RailApiTest
{
    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("Yes.")]
    [InlineData("123456789")]
    [InlineData("       123456789       ")]
    [InlineData("😀😀😀😀😀😀😀😀😀")]
    public async Task ScoreAsync_ShortAnswer_GoesToTheRulesUnderTheirName(string answer)
    {
        RailApiScorer scorer = Scorer();
        ScoredResponse scored = await scorer.ScoreAsync(Request(answer), Stop);
        ScoredResponse rules = await new RulesScorer().ScoreAsync(Request(answer), Stop);

        Assert.Empty(Server.Requests);
        Assert.Equal(new RulesScorer().Identity, scored.Scorer);
        Assert.All(rules.Scores, rule => Assert.True(scored.Scores[rule.Key].ToString() == rule.Value.ToString() || scored.Scores[rule.Key] is ScoreOutcome.Unscorable));
        Assert.Equal((1L, 0L), (scorer.Usage.ToRules, scorer.Usage.Calls));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Yes.")]
    [InlineData("No")]
    public async Task ScoreAsync_ShortAnswer_IsNoLowScoreForBeingShort(string answer)
    {
        ScoredResponse scored = await Scorer().ScoreAsync(Request(answer), Stop);
        Assert.All(scored.Scores.Values.OfType<ScoreOutcome.Scored>(), score => Assert.True(score.Raw >= 5, score.Explanation));
    }

    [Fact]
    public async Task ScoreAsync_ShortAnswerWithAnotherFault_KeepsItsLowScore()
    {
        ScoredResponse scored = await Scorer().ScoreAsync(Request("Idiot."), Stop);
        Assert.Contains(scored.Scores.Values.OfType<ScoreOutcome.Scored>(), score => score.Raw <= 5 && score.Issues.Contains("insult"));
    }

    [Theory]
    [InlineData("1234567890")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀")]
    public async Task ScoreAsync_TenCharacters_AreScoredByTheService(string answer)
    {
        RailApiScorer scorer = Scorer();
        ScoredResponse scored = await scorer.ScoreAsync(Request(answer), Stop);
        Assert.Equal((scorer.Identity, false), (scored.Scorer, scored.HasFailures));
    }

    [Fact]
    public async Task ScoreAsync_LongAnswer_IsUnscorableWithTheLimit()
    {
        RailApiScorer scorer = Scorer();
        ScoredResponse scored = await scorer.ScoreAsync(Request(new string('a', 10_001)), Stop);
        Assert.All(scored.Scores.Values, outcome => Assert.Equal(
            new ScoreOutcome.Unscorable("the answer has 10001 characters; rail-api takes 10000, and is not set to split longer ones"), outcome));
        Assert.Empty(Server.Requests);
        Assert.Equal((1L, 0L), (scorer.Usage.Unscorable, scorer.Usage.Calls));
        Assert.False((await scorer.ScoreAsync(Request(new string('a', 10_000)), Stop)).HasFailures);
    }

    [Fact]
    public async Task ScoreAsync_SplitAnswer_CountsItsWorstPart()
    {
        Server.Score = (request, dimension) => request.Content.Contains("poison", StringComparison.Ordinal)
            ? new RailApiScore(dimension == "safety" ? 1 : 9, 0.6, "gives a dose", "dose")
            : new RailApiScore(8, 0.9, "fine", "tone");
        string answer = string.Join("\n\n", Enumerable.Repeat(string.Join(" ", Enumerable.Repeat("Drink water and rest.", 100)), 6)) + "\n\nThen take the poison as told.";
        RailApiScorer scorer = Scorer(Quick() with { LongAnswers = LongAnswers.Split });
        ScoredResponse scored = await scorer.ScoreAsync(Request(answer, ScoringMode.Deep, Dimension.Safety, Dimension.Privacy), Stop);

        Assert.Equal(2, Server.Requests.Count);
        Assert.Equal(answer, string.Concat(Server.Requests.Select(request => request.Content)));
        var safety = Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Safety]);
        Assert.Equal((1000, 0.6, "part 2 of 2 is the worst: gives a dose"), (safety.Thousandths, safety.Confidence, safety.Explanation));
        Assert.Equal(["dose", "tone"], safety.Issues);
        Assert.Equal((8000, 0.6), (((ScoreOutcome.Scored)scored.Scores[Dimension.Privacy]).Thousandths, ((ScoreOutcome.Scored)scored.Scores[Dimension.Privacy]).Confidence));
        Assert.Equal((6.0, 1L), (scorer.Usage.CreditsSpent, scorer.Usage.Scored));
    }

    [Theory]
    [InlineData(422, "POLICY_BLOCKED", typeof(ScoreOutcome.Unscorable))]
    [InlineData(500, "BROKEN", typeof(ScoreOutcome.Failed))]
    public async Task ScoreAsync_PartThatHasNoScore_LeavesTheWholeWithout(int status, string code, Type expected)
    {
        Server.Misbehave = (request, context) => request.Content.Contains("poison", StringComparison.Ordinal) ? Server.ErrorAsync(context, status, "no", code) : Task.FromResult(false);
        ScoredResponse scored = await ScoreAsync(Request(new string('a', 9_990) + " then the poison", ScoringMode.Basic, Dimension.Safety), Quick() with { LongAnswers = LongAnswers.Split });
        Assert.IsType(expected, Assert.Single(scored.Scores).Value);
    }

    [Fact]
    public async Task ScoreAsync_SplitAnswerBeyondAllMeasure_IsUnscorable()
    {
        ScoredResponse scored = await ScoreAsync(Request(new string('a', 100_001)), Quick() with { LongAnswers = LongAnswers.Split });
        Assert.All(scored.Scores.Values, outcome => Assert.Contains("takes 100000 in pieces", Assert.IsType<ScoreOutcome.Unscorable>(outcome).Reason, StringComparison.Ordinal));
        Assert.Null(scored.Refused);
    }

    [Fact]
    public void Of_AnyText_IsCutWithoutLossIntoPiecesThatFit()
    {
        string[] words = ["a", "word", "word ", "\n", "\n\n", ". ", "! ", "3.14", "。", "😀", "é"];
        Gen<string> texts = Gen.Int[0, words.Length - 1].Array[0, 800].Select(at => string.Concat(at.Select(index => words[index])));
        Gen.Select(texts, Gen.Int[100, 400]).Sample((text, longest) =>
        {
            string[] pieces = [.. AnswerPieces.Of(text, longest)];
            return string.Concat(pieces) == text
                && pieces.All(piece => piece.Length <= longest)
                && pieces.Take(pieces.Length - 1).All(piece => piece.Length >= longest / 2)
                && (pieces.Length == 1 || pieces[^1].Length >= longest / 10)
                && pieces.All(piece => piece.Length == 0 || (!char.IsLowSurrogate(piece[0]) && !char.IsHighSurrogate(piece[^1])));
        });
    }

    [Theory]
    [InlineData("\n\n")]
    [InlineData("\n")]
    [InlineData(". ")]
    [InlineData(" ")]
    public void Of_TextWithBorders_IsCutAtTheBest(string border)
    {
        string text = new string('a', 70) + border + new string('b', 60);
        string[] pieces = [.. AnswerPieces.Of(text, 100)];
        Assert.Equal(border == ". " ? [new string('a', 70) + ".", " " + new string('b', 60)] : [new string('a', 70) + border, new string('b', 60)], pieces);
    }
}
