using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>The options that decide how answers are generated, the same on every command that generates.</summary>
internal sealed class GenerationOptions
{
    private const int MostThreads = 1024;

    private readonly Option<int> _most = CommandExtensions.Option("--max-new-tokens", "Most tokens of an answer.", 256);
    private readonly Option<int> _fewest = CommandExtensions.Option("--min-new-tokens", "No end before this many tokens.", 0);
    private readonly Option<double> _temperature = CommandExtensions.Option("--temperature", "0 is greedy.", 0.0);
    private readonly Option<int> _topK = CommandExtensions.Option("--top-k", "Sample among the K likeliest tokens; 0 for all.", 0);
    private readonly Option<double> _topP = CommandExtensions.Option("--top-p", "Sample within this probability mass.", 1.0);
    private readonly Option<double> _penalty = CommandExtensions.Option("--repetition-penalty", "Above 1 makes tokens already seen less likely.", 1.0);
    private readonly Option<int> _noRepeat = CommandExtensions.Option("--no-repeat-ngram", "Never repeat an n-gram of this length; 0 for none.", 0);
    private readonly Option<string[]> _stops = new("--stop") { Description = "Ends an answer before this text; may be given several times.", DefaultValueFactory = _ => [] };
    private readonly Option<long> _seed = CommandExtensions.Option("--seed", "With a prompt's id, all that sampling depends on.", 0L);
    private readonly Option<bool> _raw = new("--raw") { Description = "Prompts go to the model as they are: no template, no special tokens." };
    private readonly Option<int> _slots = CommandExtensions.Option("--slots", "Prompts answered at a time.", 32);
    private readonly Option<int> _threads = CommandExtensions.Option("--threads", "Threads of the engine; 0 for its own choice.", 0);
    private readonly Option<string> _device = CommandExtensions.Option("--device", "cpu, or cuda[:INDEX] in a build for GPUs.", ComputeDevice.Cpu);
    private readonly Option<int> _deviceMemory = CommandExtensions.Option("--device-memory", "Most megabytes of device memory for the engine; 0 for no limit.", 0);

    public Command AddTo(Command command)
    {
        foreach (var option in (Option[])[_most, _fewest, _temperature, _topK, _topP, _penalty, _noRepeat, _stops, _seed, _raw, _slots, _threads, _device, _deviceMemory]) command.Add(option);
        return command;
    }

    /// <exception cref="RailInputException">A value is out of range.</exception>
    public GenerationSettings Settings(ParseResult parsed) => new()
    {
        MaxNewTokens = AtLeast(1, parsed, _most),
        MinNewTokens = Fewest(parsed),
        Temperature = Within(0, 100, parsed, _temperature),
        TopK = AtLeast(0, parsed, _topK),
        TopP = Within(double.Epsilon, 1, parsed, _topP),
        RepetitionPenalty = Within(double.Epsilon, 100, parsed, _penalty),
        NoRepeatNgram = AtLeast(0, parsed, _noRepeat),
        StopStrings = Stops(parsed),
        Seed = parsed.GetValue(_seed),
        Raw = parsed.GetValue(_raw),
    };

    /// <exception cref="RailInputException">A value is out of range.</exception>
    public LoadOptions Load(ParseResult parsed) => new(AtLeast(1, parsed, _slots), Threads(parsed), Device(parsed));

    /// <exception cref="RailInputException">It is no device.</exception>
    public ComputeDevice Device(ParseResult parsed) => ParseDevice(parsed.GetValue(_device)!, AtLeast(0, parsed, _deviceMemory));

    /// <summary>Reads a device.</summary>
    /// <param name="text">Such as <c>cuda:1</c>.</param>
    /// <param name="megabytes">Most memory for the engine there; 0 for no limit.</param>
    /// <exception cref="RailInputException">It is no device.</exception>
    public static ComputeDevice ParseDevice(string text, int megabytes)
    {
        var parts = text.Split(':');
        var index = 0;
        if (parts[0] is not (ComputeDevice.Cpu or ComputeDevice.Cuda) || parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            throw new RailInputException($"--device {text}: write cpu, cuda, or cuda:1 for the second");
        return new ComputeDevice(parts[0], index, megabytes * 1_000_000L);
    }

    private int Fewest(ParseResult parsed) => AtLeast(0, parsed, _fewest) is var fewest && parsed.GetValue(_most) is var most && fewest <= most
        ? fewest
        : throw new RailInputException($"{_fewest.Name} {fewest}: is {_most.Name} ({most}) at most");

    // Starting very many takes minutes, and slows every step.
    private int Threads(ParseResult parsed) => AtLeast(0, parsed, _threads) is var threads && threads <= MostThreads
        ? threads
        : throw new RailInputException($"{_threads.Name} {threads}: is {MostThreads} at most");

    private ImmutableArray<string> Stops(ParseResult parsed) => parsed.GetValue(_stops) is { } stops && stops.All(stop => stop.Length > 0)
        ? [.. stops]
        : throw new RailInputException("--stop: an empty text ends nothing; leave it out");

    private static int AtLeast(int least, ParseResult parsed, Option<int> option) => parsed.GetValue(option) is var value && value >= least
        ? value
        : throw new RailInputException($"{option.Name} {value}: is {least} or more");

    private static double Within(double least, double most, ParseResult parsed, Option<double> option) => parsed.GetValue(option) is var value && value >= least && value <= most
        ? value
        : throw new RailInputException(FormattableString.Invariant($"{option.Name} {value}: is {(least > 0 ? "above 0" : "0")} to {most}"));
}
