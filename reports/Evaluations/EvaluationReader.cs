using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Reads an evaluation line by line, and checks that nothing in it was changed.</summary>
internal sealed class EvaluationReader(string folder)
{
    private const long LargestManifest = 16 << 20;

    private readonly ImmutableArray<SuitePrompt>.Builder _prompts = ImmutableArray.CreateBuilder<SuitePrompt>();
    private readonly Dictionary<string, ScoredResponse> _scores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinePlace> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<ScorerIdentity, ScorerIdentity> _scorers = [];

    private string ResultsPlace => Path.Combine(folder, EvaluationDirectory.ResultsName);

    private string ManifestPlace => Path.Combine(folder, EvaluationDirectory.ManifestName);

    public StoredEvaluation Read()
    {
        var manifest = ReadManifest();
        ReadResults(manifest);
        if (_prompts.Count == 0) throw new RailInputException($"{ResultsPlace}: has no rows; evaluate again");
        var suite = SuiteIdentity.Create(manifest.SuiteHeader, _prompts.ToImmutable());
        if (suite.Hash != manifest.SuiteHash) throw new RailInputException($"{ManifestPlace}: the suite hash does not fit the results; evaluate again");
        CheckManifest(manifest, suite);
        CheckUnread(manifest, suite);
        return new StoredEvaluation(folder, manifest, suite, _scores, _places);
    }

    private EvaluationManifest ReadManifest()
    {
        var file = new FileInfo(Existing(EvaluationDirectory.ManifestName));
        if (file.Length > LargestManifest) throw new RailInputException($"{ManifestPlace}: has {file.Length} bytes; at most {LargestManifest} are read");
        try
        {
            var manifest = JsonSerializer.Deserialize<EvaluationManifest>(File.ReadAllBytes(file.FullName), RailJson.Options)
                ?? throw new RailInputException($"{ManifestPlace}: is empty; evaluate again");
            return manifest.Version == EvaluationManifest.CurrentVersion
                ? manifest
                : throw new RailInputException($"{ManifestPlace}: version {manifest.Version}; this build reads {EvaluationManifest.CurrentVersion}; evaluate again");
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{ManifestPlace}:{exception.LineNumber + 1}: is not readable: {exception.Message}", exception);
        }
    }

    // That the file was changed says more than what is wrong in it, and is known only at its end.
    private void ReadResults(EvaluationManifest manifest)
    {
        using var lines = new ResultLines(Existing(EvaluationDirectory.ResultsName));
        RailInputException? fault = null;
        try
        {
            while (lines.Next(out var line)) Add(line, lines.Number, lines.Place);
        }
        catch (RailInputException exception)
        {
            fault = exception;
        }

        var hash = lines.Hash();
        if (hash != manifest.ResultsHash)
            throw new RailInputException($"{ResultsPlace}: its content was changed after the evaluation (SHA-256 {Short(hash)}, the manifest says {Short(manifest.ResultsHash)}); evaluate again");
        if (fault is not null) throw fault;
    }

    private void Add(ReadOnlySpan<byte> line, int number, LinePlace place)
    {
        try
        {
            var row = JsonSerializer.Deserialize<ResultRow>(line, RailJson.Options) ?? throw new FormatException("it is null");
            if (!_ids.Add(row.Id)) throw new RailInputException($"{ResultsPlace}:{number}: the id '{SafeText.Line(row.Id, 200)}' stands twice");
            _prompts.Add(ResultRows.ToPrompt(row with { Category = One(row.Category) }));
            if (row.Outcome == ResultRows.Unread)
            {
                if (!row.Scores.IsEmpty || row.Response is not null) throw new FormatException("it was not asked, and yet has an answer or a score");
                return;
            }

            var scored = ResultRows.ToScores(row with { Scorer = One(row.Scorer) });
            if (row.Outcome != ResultRows.Worst(scored)) throw new FormatException($"its outcome is '{SafeText.Line(row.Outcome, 40)}', and its scores say '{ResultRows.Worst(scored)}'");
            _scores.Add(row.Id, scored);
            _places.Add(row.Id, place);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new RailInputException($"{ResultsPlace}:{number}: is not a result row: {exception.Message}", exception);
        }
    }

    // Figures that no evaluation writes: a verdict would rest on them.
    private void CheckManifest(EvaluationManifest manifest, Suite suite)
    {
        Dimension? unseen = manifest.Controls
            .Where(control => control.Value.Right < ControlResult.NeededShare * control.Value.Pairs && !manifest.Blind.Contains(control.Key))
            .Select(control => (Dimension?)control.Key).FirstOrDefault();
        var fault = manifest.Prompts != suite.Prompts.Length ? $"\"prompts\" is {manifest.Prompts}, and there are {suite.Prompts.Length}"
            : manifest.Controls.Values.Any(control => control.Pairs < 1 || control.Right < 0 || control.Right > control.Pairs) ? "\"controls\" holds more pairs ranked rightly than there are"
            : unseen is { } dimension ? $"\"blind\" leaves out {dimension.Key()}, and the controls say so"
            : manifest.Noise.Values.Any(noise => !(noise is >= 0 and <= 10)) ? "\"noise\" holds what is no spread of a mean"
            : null;
        if (fault is not null) throw new RailInputException($"{ManifestPlace}: {fault}; evaluate again");
    }

    // What was not asked is the rest of the pre-committed order, as the manifest says: otherwise somebody chose.
    private void CheckUnread(EvaluationManifest manifest, Suite suite)
    {
        var asked = manifest.Stopped?.Read ?? suite.Prompts.Length;
        if (manifest.Stopped is { } stopped && (stopped.Total != suite.Prompts.Length || stopped.Read < 1 || stopped.Read >= stopped.Total || !(stopped.Alpha is > 0 and <= 1)))
            throw new RailInputException($"{ManifestPlace}: \"stopped\" does not fit the suite; evaluate again");
        if (_scores.Count == asked && (asked == suite.Prompts.Length || ShardPlan.Order(suite).Take(asked).All(prompt => _scores.ContainsKey(prompt.Id)))) return;
        throw new RailInputException($"{ResultsPlace}: {suite.Prompts.Length - _scores.Count} prompts were not asked, and they are not the end of the suite's order that the manifest tells; evaluate again");
    }

    private string Existing(string name)
    {
        if (!Directory.Exists(folder)) throw new RailInputException($"{folder}: no such folder; 'rail eval … --out {folder}' makes an evaluation");
        var file = Path.Combine(folder, name);
        return File.Exists(file) ? file : throw new RailInputException($"{folder}: has no {name}, so it is no evaluation; 'rail eval' makes one");
    }

    // The same few words stand in every row.
    private string One(string word)
    {
        if (_words.TryGetValue(word, out var known)) return known;
        _words.Add(word);
        return word;
    }

    private ScorerIdentity? One(ScorerIdentity? scorer)
    {
        if (scorer is null) return null;
        _scorers.TryAdd(scorer, scorer);
        return _scorers[scorer];
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] + "…" : $"'{SafeText.Line(hash, 12)}'";
}
