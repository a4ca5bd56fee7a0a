using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring.Tests;

/// <summary>Bodies of every shape, well made and not: one outcome for every dimension, no exception, and no number that the service did not say.</summary>
public sealed class RailApiShapeTests
{
    private static readonly EndpointKey Key = new("rail_key-0123456789", "TEST_KEY");

    private static readonly string[] Names =
    [
        "result", "dimension_scores", "safety", "privacy", "score", "confidence", "rail_score", "error", "code", "message", "evaluation", "details", "from_cache",
        "credits_consumed", "policy_outcome", "enforced", "applicable", "status", "explanation", "issues", "suggestions", "resolved_mode", "escalated", "metadata", "detail",
    ];

    private static readonly int[] Known = [200, 200, 200, 204, 400, 401, 403, 422, 422, 429, 500];
    private static readonly Gen<int> Statuses = Gen.Int[0, Known.Length - 1].Select(at => Known[at]);

    private static readonly Gen<JsonNode?> Leaf = Gen.OneOf(
        Gen.Double[-1, 12].Select(number => (JsonNode?)number),
        Gen.Bool.Select(flag => (JsonNode?)flag),
        Gen.String.Select(text => (JsonNode?)new string([.. text.Where(c => !char.IsSurrogate(c))])),
        Gen.Int[0, 6].Select(at => (JsonNode?)((string[])["RAIL_CRITICAL_CONTENT", "POLICY_BLOCKED", "not_applicable", "deep", "7.5", "NaN", "content too long"])[at]),
        Gen.Const((JsonNode?)null));

    [Fact]
    public void Read_AnyTree_NeverThrowsAndScoresOnlyWhatIsThere()
    {
        Gen<JsonNode?> tree = Gen.Recursive<JsonNode?>((depth, inner) => depth > 5 ? Leaf : Gen.OneOf(
            Leaf,
            inner.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Select(Gen.Int[0, Names.Length - 1], inner).Array[0, 6].Select(Object),
            Gen.Select(Gen.Int[0, Names.Length - 1], inner).Array[0, 6].Select(Object)));
        // Sound bodies with something wrong in them are nearer to life than any tree.
        Gen<JsonNode?> number = Gen.Frequency((9, Gen.Double[0, 1].Select(value => (JsonNode?)value)), (1, tree));
        Gen<JsonNode?> score = Gen.Select(number, number, tree, tree).Select((value, sure, issues, words) => (JsonNode?)Made(("score", value), ("confidence", sure), ("issues", issues), ("explanation", words)));
        Gen<JsonNode?> one = Gen.Frequency((9, score), (1, tree));
        Gen<JsonNode?> evaluation = Gen.Select(one, one, tree, tree).Select((safety, privacy, cached, credits) =>
            (JsonNode?)Made(("dimension_scores", Made(("safety", safety), ("privacy", privacy))), ("from_cache", cached), ("credits_consumed", credits)));
        Gen<JsonNode?> body = Gen.OneOf(
            tree,
            evaluation,
            Gen.Select(evaluation, tree).Select((result, error) => (JsonNode?)Made(("result", result), ("error", error))),
            Gen.Select(evaluation, Leaf).Select((found, code) => (JsonNode?)Made(("error", Made(("code", code), ("evaluation", found))))));
        var scores = 0;
        Gen.Select(body, Statuses, Gen.Enum<ScoringMode>(), Gen.Int[0, 1]).Sample((root, status, mode, repetition) =>
        {
            string text = root?.ToJsonString() ?? "null";
            RailApiReading reading = Read(status, text, mode, repetition);
            Assert.NotEqual(reading.Reply is null, reading.Fault is null);
            Assert.True(reading.Credits is null or (>= 0 and <= 1_000));
            if (reading.Reply is not { } reply)
                return;
            Assert.True(reply.Critical || reply.Scores.Count == 2);
            foreach (ScoreOutcome.Scored scored in reply.Scores.Values.OfType<ScoreOutcome.Scored>())
            {
                Assert.InRange(scored.Thousandths, 0, 10_000);
                Assert.InRange(scored.Confidence, 0, 1);
                Assert.Contains(scored.Raw.ToString("R", CultureInfo.InvariantCulture), text, StringComparison.OrdinalIgnoreCase);
                Interlocked.Increment(ref scores);
            }
        }, iter: 2_000);
        Assert.True(scores > 200, $"{scores} scores were read");
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Gen.Select(Gen.Byte.Array[0, 200], Statuses).Sample((bytes, status) =>
    {
        RailApiReading reading = RailApiReader.Read(new RailApiResponse(status, null, bytes, null), Call(ScoringMode.Basic, 0), Key);
        Assert.NotNull(reading.Fault);
    });

    [Fact]
    public void Read_ScoresInAnyShape_AreReadBack()
    {
        Gen<double> score = Gen.Int[0, 100_000].Select(raw => raw / 10_000.0), confidence = Gen.Int[0, 100].Select(raw => raw / 100.0);
        Gen.Select(score, score, confidence, Gen.Int[0, 3], Gen.Bool, Gen.Bool).Sample((safety, privacy, sure, place, critical, nested) =>
        {
            var evaluation = new JsonObject
            {
                ["dimension_scores"] = new JsonObject
                {
                    ["privacy"] = new JsonObject { ["score"] = privacy, ["confidence"] = sure },
                    ["safety"] = new JsonObject { ["confidence"] = sure, ["score"] = safety },
                    ["fairness"] = new JsonObject { ["score"] = "unasked" },
                },
            };
            JsonObject root = place switch
            {
                0 => evaluation,
                1 => new JsonObject { ["result"] = evaluation },
                2 => new JsonObject { ["evaluation"] = evaluation },
                _ => new JsonObject { ["details"] = evaluation },
            };
            if (critical && nested)
                root["error"] = new JsonObject { ["code"] = "RAIL_CRITICAL_CONTENT", ["message"] = "unsafe" };
            else if (critical)
                (root["error"], root["code"]) = ("unsafe", "RAIL_CRITICAL_CONTENT");
            RailApiReply reply = Read(critical ? 422 : 200, root.ToJsonString(), ScoringMode.Basic, 0).Reply!;
            Assert.Equal(critical, reply.Critical);
            Assert.Equal(
                [ScoreOutcome.Scored.Of(safety, sure).Thousandths, ScoreOutcome.Scored.Of(privacy, sure).Thousandths],
                reply.Scores.Values.Select(outcome => Assert.IsType<ScoreOutcome.Scored>(outcome).Thousandths));
        });
    }

    [Fact]
    public void Of_AnyText_IsASnakeCaseTag() => Gen.String.Sample(text =>
    {
        string tag = RailApiWords.Tag(text);
        Assert.True(tag.Length <= 64 && !tag.StartsWith('_') && !tag.EndsWith('_') && !tag.Contains("__", StringComparison.Ordinal));
        Assert.Equal(tag, RailApiWords.Tag(tag));
    });

    [Theory]
    [InlineData("PII Exposure", "pii_exposure")]
    [InlineData("piiExposure", "pii_exposure")]
    [InlineData("pii-exposure!", "pii_exposure")]
    [InlineData("PII_EXPOSURE", "pii_exposure")]
    [InlineData("  ", "")]
    public void Tag_ManySpellings_AreOne(string text, string expected) => Assert.Equal(expected, RailApiWords.Tag(text));

    [Fact]
    public void Body_AnyPromptAndAnswer_KeepsToTheLimits() => Gen.Select(Gen.String[0, 3_000], Gen.Int[0, 12]).Sample((prompt, repetition) =>
    {
        var request = new ScoreRequest(new SuitePrompt("p", new PromptInput.Text(prompt), "c", ExpectedBehaviour.Any, [Dimension.Safety]), prompt, null, [Dimension.Safety], ScoringMode.Deep) { Repetition = repetition };
        JsonNode body = JsonNode.Parse(Encoding.UTF8.GetString(RailApiCall.Of(request, "some answer", "0").Body()))!;
        string context = (string?)body["context"] ?? "";
        Assert.True(context.Length <= 1_000);
        Assert.Equal(repetition > 0, context.EndsWith($"(repetition {repetition})", StringComparison.Ordinal));
    });

    private static JsonObject Made(params (string Name, JsonNode? Value)[] fields)
    {
        var made = new JsonObject();
        foreach ((string name, JsonNode? value) in fields)
            made[name] = value?.DeepClone();
        return made;
    }

    private static JsonNode? Object((int Name, JsonNode? Value)[] fields)
    {
        var made = new JsonObject();
        foreach ((int name, JsonNode? value) in fields)
            made[Names[name]] = value?.DeepClone();
        return made;
    }

    private static RailApiReading Read(int status, string body, ScoringMode mode, int repetition) =>
        RailApiReader.Read(new RailApiResponse(status, "application/json", Encoding.UTF8.GetBytes(body), null), Call(mode, repetition), Key);

    private static RailApiCall Call(ScoringMode mode, int repetition) =>
        new("p", "some answer", [Dimension.Safety, Dimension.Privacy], mode, null, ScoringDomain.General, UseCase.General, repetition);
}
