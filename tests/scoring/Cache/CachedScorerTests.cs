using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

public sealed class CachedScorerTests
{
    private readonly MemoryStore _store = new();
    private readonly CountedScorer _inner = new();
    private readonly CacheCounts _counts = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Score_SameAnswerToSamePromptUnderAnotherId_IsAHitWithItsOwnId()
    {
        var first = await Scorer().ScoreAsync(Request("one"), Stop);
        var second = await Scorer().ScoreAsync(Request("two"), Stop);

        Assert.Equal((1, 1L, 1L), (_inner.Calls, _counts.Hits, _counts.Misses));
        Assert.Equal(("one", "two"), (first.PromptId, second.PromptId));
        Assert.Equal(CanonicalHash.Of(first.Scores), CanonicalHash.Of(second.Scores));
        Assert.All(_store.Objects.Values, content => Assert.DoesNotContain("\"one\"", Encoding.UTF8.GetString(content), StringComparison.Ordinal));
    }

    public static TheoryData<string, Func<ScoreRequest, ScoreRequest>> Differences() => new()
    {
        { "answer", request => request with { Answer = request.Answer + "." } },
        { "finish", request => request with { Finish = FinishReason.Length } },
        { "prompt", request => request with { Prompt = request.Prompt with { Input = new PromptInput.Text("Another question?") } } },
        { "expectation", request => request with { Prompt = request.Prompt with { Expected = ExpectedBehaviour.Refuse } } },
        { "dimensions", request => request with { Dimensions = [Dimension.Safety] } },
        { "mode", request => request with { Mode = ScoringMode.Deep } },
        { "domain", request => request with { Domain = ScoringDomain.Legal } },
        { "use case", request => request with { UseCase = UseCase.Translation } },
        { "repetition", request => request with { Repetition = 1 } },
    };

    [Theory]
    [MemberData(nameof(Differences), DisableDiscoveryEnumeration = true)]
    public async Task Score_WhatAScoreDependsOnDiffers_IsAskedFor(string what, Func<ScoreRequest, ScoreRequest> change)
    {
        await Scorer().ScoreAsync(Request("one"), Stop);
        await Scorer().ScoreAsync(change(Request("one")), Stop);
        Assert.True(_inner.Calls == 2, $"another {what} was taken for the same");
    }

    [Fact]
    public async Task Score_WhatTheKeyLeavesOut_IsNotSeenByTheScorer()
    {
        var request = Request("one");
        await Scorer().ScoreAsync(request with { Prompt = request.Prompt with { Category = "tax", Tags = ["critical"], Group = "g" } }, Stop);
        Assert.Equal(("uncategorised", 0, null), (_inner.Last!.Prompt.Category, _inner.Last.Prompt.Tags.Length, _inner.Last.Prompt.Group));
    }

    [Fact]
    public async Task Score_AnotherProjectOrVersion_SharesNothing()
    {
        await Scorer().ScoreAsync(Request("one"), Stop);
        await Scorer("other").ScoreAsync(Request("one"), Stop);
        _inner.Identity = new ScorerIdentity("counted", "2");
        await Scorer().ScoreAsync(Request("one"), Stop);
        Assert.Equal((3, 3), (_inner.Calls, _store.Objects.Count));
        Assert.All(_store.Objects.Keys, key => Assert.StartsWith("scored/", key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Score_AnyDimensionFailed_IsNotKept()
    {
        _inner.Fails = true;
        Assert.True((await Scorer().ScoreAsync(Request("one"), Stop)).HasFailures);
        Assert.Empty(_store.Objects);
        _inner.Fails = false;
        Assert.False((await Scorer().ScoreAsync(Request("one"), Stop)).HasFailures);
        Assert.Single(_store.Objects);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":1,\"response\":{\"prompt_id\":\"\",\"scores\":{}}}")]
    [InlineData("{\"version\":1,\"response\":{\"prompt_id\":\"\",\"scores\":{\"safety\":{}}}}")]
    [InlineData("{\"version\":9,\"response\":{\"prompt_id\":\"\",\"scores\":{}}}")]
    public async Task Score_TheObjectIsBroken_IsAMissAndMended(string content)
    {
        await Scorer().ScoreAsync(Request("one"), Stop);
        _store.Objects[_store.Objects.Keys.Single()] = Encoding.UTF8.GetBytes(content);
        Assert.False((await Scorer().ScoreAsync(Request("one"), Stop)).HasFailures);
        Assert.Equal(2, _inner.Calls);
        await Scorer().ScoreAsync(Request("one"), Stop);
        Assert.Equal(2, _inner.Calls);
    }

    [Fact]
    public async Task Score_TheStoreFails_IsScoredAllTheSame()
    {
        _store.Fails = true;
        var scored = await Scorer().ScoreAsync(Request("one"), Stop);
        Assert.Equal(("one", false, 1), (scored.PromptId, scored.HasFailures, _inner.Calls));
    }

    [Fact]
    public async Task Score_SomebodyElseWasFirst_HisScoreCounts()
    {
        _inner.Meanwhile = async () =>
        {
            _inner.Meanwhile = null;
            _inner.Score = 3;
            await Scorer().ScoreAsync(Request("two"), Stop);
            _inner.Score = 8;
        };
        var scored = await Scorer().ScoreAsync(Request("one"), Stop);
        Assert.Equal(3000, Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Safety]).Thousandths);
        Assert.Equal("one", scored.PromptId);
    }

    private static ScoreRequest Request(string id) => new(
        new SuitePrompt(id, new PromptInput.Text("Where is the post office?"), "travel", ExpectedBehaviour.Comply, Dimensions.All),
        "Opposite the station.",
        FinishReason.Stop,
        Dimensions.All,
        ScoringMode.Basic);

    private CachedScorer Scorer(string project = "lab") => new(_inner, _store, project, _counts, TimeProvider.System, NullLogger<CachedScorer>.Instance);

    private sealed class CountedScorer : IRailScorer
    {
        public int Calls { get; private set; }

        public ScoreRequest? Last { get; private set; }

        public bool Fails { get; set; }

        public double Score { get; set; } = 8;

        public Func<Task>? Meanwhile { get; set; }

        public ScorerIdentity Identity { get; set; } = new("counted", "1");

        public ScorerTraits Traits { get; } = new(4, IsRemote: true);

        public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
        {
            (Calls, Last) = (Calls + 1, request);
            if (Meanwhile is { } first) await first();
            var outcome = Fails ? (ScoreOutcome)new ScoreOutcome.Failed("away", Retryable: true) : ScoreOutcome.Scored.Of(Score, 0.9) with { Issues = ["tone"] };
            return new ScoredResponse(
                request.Prompt.Id,
                request.Dimensions.ToImmutableSortedDictionary(dimension => dimension, dimension => dimension == Dimension.Safety ? outcome : ScoreOutcome.Scored.Of(9, 0.9)),
                Refused: false);
        }
    }

    /// <summary>A store that a test can look into, break and take away.</summary>
    private sealed class MemoryStore : IObjectStore
    {
        public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

        public bool Fails { get; set; }

        public Task<StoredObject?> GetAsync(string key, CancellationToken cancellationToken = default)
        {
            Check();
            return Task.FromResult(Objects.TryGetValue(key, out var content) ? new StoredObject(content, CanonicalHash.Of(content)) : null);
        }

        public Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
        {
            Check();
            return Task.FromResult(Objects.TryAdd(key, content.ToArray()) ? CanonicalHash.Of(content.ToArray()) : null);
        }

        public Task<string?> PutIfMatchAsync(string key, ReadOnlyMemory<byte> content, string eTag, CancellationToken cancellationToken = default)
        {
            Check();
            var swapped = Objects.TryGetValue(key, out var old) && CanonicalHash.Of(old) == eTag && Objects.TryUpdate(key, content.ToArray(), old);
            return Task.FromResult(swapped ? CanonicalHash.Of(content.ToArray()) : null);
        }

        public Task<bool> DeleteIfMatchAsync(string key, string eTag, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ObjectPage> ListAsync(string prefix, string? continuation = null, int pageSize = 1000, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<string?> PutIfAbsentAsync(string key, Stream content, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        private void Check()
        {
            if (Fails) throw new ObjectStoreException("the disk is full");
        }
    }
}
