using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>Checkpoints that are still there, by step.</summary>
internal sealed class SavedCheckpoints
{
    private const int MostFolders = 10_000;

    private readonly Option<string?> _folder = new("--checkpoints") { Description = "A folder of model folders whose names end in their step, such as step-020." };
    private readonly Option<string[]> _single = new("--checkpoint") { Description = "STEP=DIR, or its URI. May be given again." };

    public Command AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_single);
        return command;
    }

    /// <exception cref="RailInputException">There are none, one is not there, or a step is named twice.</exception>
    public ImmutableSortedDictionary<int, ModelReference> Read(ParseResult parsed)
    {
        var found = parsed.GetValue(_folder) is { } folder ? Within(folder) : [];
        var steps = ImmutableSortedDictionary.CreateBuilder<int, ModelReference>();
        foreach (var (step, model) in found.Concat((parsed.GetValue(_single) ?? []).Select(Single)))
        {
            if (!steps.TryAdd(step, model) && steps[step] != model)
                throw new RailInputException($"step {step} is {steps[step]}, and {model} as well; leave one of them out");
        }

        return steps.Count > 0 ? steps.ToImmutable() : throw new RailInputException("no checkpoints; give --checkpoints DIR, or --checkpoint STEP=DIR");
    }

    private static List<(int Step, ModelReference Model)> Within(string folder)
    {
        if (!Directory.Exists(folder)) throw new RailInputException($"--checkpoints {folder}: no such folder");
        var inside = Directory.EnumerateDirectories(Path.GetFullPath(folder)).Take(MostFolders + 1).ToList();
        if (inside.Count > MostFolders) throw new RailInputException($"--checkpoints {folder}: holds more than {MostFolders} folders; name single ones with --checkpoint STEP=DIR");
        var found = inside.Order(StringComparer.Ordinal).Select(one => (Step: StepOf(Path.GetFileName(one)), Model: new ModelReference(one))).Where(one => one.Step > 0).ToList();
        return found.Count > 0 ? found : throw new RailInputException($"--checkpoints {folder}: holds no folder whose name ends in a step, such as step-020");
    }

    // 0 where the name ends in no step: that is the baseline's, and never a checkpoint's.
    private static int StepOf(string name) =>
        int.TryParse(name.AsSpan(name.AsSpan().TrimEnd("0123456789").Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : 0;

    private static (int Step, ModelReference Model) Single(string text) =>
        text.IndexOf('=') is > 0 and var at && int.TryParse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step > 0 && at + 1 < text.Length
            ? (step, new ModelReference(RunStartCommand.Existing(text[(at + 1)..])))
            : throw new RailInputException($"--checkpoint {text}: write STEP=DIR, the step from 1");
}
