using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>An evaluation as it was read back. Its scores are held; its answers, however long, stay in the file until one is asked for.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Manifest">What it was made of.</param>
/// <param name="Suite">The suite, rebuilt from the rows and checked against its hash.</param>
public sealed record StoredEvaluation(string Folder, EvaluationManifest Manifest, Suite Suite)
{
    private readonly Dictionary<string, ScoredResponse> _scores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinePlace> _places = new(StringComparer.Ordinal);

    internal StoredEvaluation(
        string folder, EvaluationManifest manifest, Suite suite, Dictionary<string, ScoredResponse> scores, Dictionary<string, LinePlace> places)
        : this(folder, manifest, suite) => (_scores, _places) = (scores, places);

    /// <summary>The scores by prompt id; a prompt that was never asked has none.</summary>
    public IReadOnlyDictionary<string, ScoredResponse> Scores() => _scores;

    /// <summary>The answers to some prompts by their ids; a prompt that was never asked has none.</summary>
    /// <exception cref="RailInputException">The file was changed since it was read.</exception>
    public IReadOnlyDictionary<string, Response> Responses(IEnumerable<string> ids)
    {
        var file = Path.Combine(Folder, EvaluationDirectory.ResultsName);
        using var stream = File.OpenRead(file);
        var found = new Dictionary<string, Response>(StringComparer.Ordinal);
        foreach (var id in ids.Where(_places.ContainsKey)) found[id] = ResultRows.ToResponse(Row(stream, id, file));
        return found;
    }

    /// <summary>The text of an answer; null where there is none.</summary>
    /// <exception cref="RailInputException">The file was changed since it was read.</exception>
    public string? Answer(string id) => (Responses([id]).GetValueOrDefault(id)?.Outcome as GenerationOutcome.Answered)?.Text;

    private ResultRow Row(FileStream stream, string id, string file)
    {
        var place = _places[id];
        var line = new byte[place.Length];
        stream.Position = place.Offset;
        try
        {
            stream.ReadExactly(line);
            if (JsonSerializer.Deserialize<ResultRow>(line, RailJson.Options) is { } row && row.Id == id) return row;
        }
        catch (Exception exception) when (exception is JsonException or EndOfStreamException or InvalidOperationException)
        {
            // Said below.
        }

        throw new RailInputException($"{file}: was changed while it was read; read it again");
    }
}

/// <summary>Where a line of a file stands.</summary>
/// <param name="Offset">Bytes before it.</param>
/// <param name="Length">Bytes of it, without its end.</param>
internal readonly record struct LinePlace(long Offset, int Length);
