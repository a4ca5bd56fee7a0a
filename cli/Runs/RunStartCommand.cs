using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Scoring;

namespace RailCluster.Cli;

/// <summary><c>rail run start</c>.</summary>
internal static class RunStartCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var baseline = CommandExtensions.Required<string>("--baseline", "The model that checkpoints are compared with: its folder, or a URI.");
        var suite = CommandExtensions.Required<string>("--suite", "The safety suite, JSON Lines.");
        var policy = new Option<string?>("--policy") { Description = "JSON file of what is tolerated." };
        var scorer = CommandExtensions.Option("--scorer", "Who scores, by name.", "rules");
        var shardSize = CommandExtensions.Option("--shard-size", "Prompts a shard.", 32);
        var scoring = new RunScoringOptions();
        var generation = new GenerationOptions();
        var command = new Command("start", "Starts a run. Example: rail run start mine --baseline demo/models/base --suite demo/suite.jsonl --max-new-tokens 64")
        {
            baseline, suite, policy, scorer, shardSize,
        };
        return generation.AddTo(scoring.AddTo(cluster.AddTo(command))).Does(terminal, async (parsed, cancellationToken) =>
        {
            var key = cluster.Key(parsed);
            var read = Files.Read(parsed.GetValue(suite)!, SuiteFile.Read);
            var rules = parsed.GetValue(policy) is { } file ? PolicyFile.Read(Files.ReadText(file), file) : new Policy();
            var spec = scoring.Fill(parsed, new RunSpec(
                new ModelReference(Existing(parsed.GetValue(baseline)!)), read.Hash, parsed.GetValue(scorer)!, generation.Settings(parsed), rules)
            {
                ShardSize = parsed.GetValue(shardSize) is >= 1 and var size ? size : throw new RailInputException("--shard-size: is 1 or more"),
            });
            // These two give the same scores again; of others nobody knows here.
            var canWaver = spec.Generation.Temperature > 0 || spec.Scorer is not (RulesScorer.Name or ClassifierScorer.Name);
            foreach (var warning in SuiteWarnings.Of(read, rules, AlphaShares.Of(rules.Alpha, rules.ExpectedCheckpoints, index: 1), canWaver))
                await terminal.Error.WriteLineAsync($"rail: warning: {warning}");
            await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
            await connection.Client.StartRunAsync(key, read, spec);
            await terminal.Error.WriteLineAsync($"rail: run '{key}' is started; hand in checkpoints with 'rail run submit {key} --step N --model DIR'");
            return ExitCodes.Done;
        });
    }

    /// <summary>A model folder's absolute path, or a URI; a cluster on this machine would only find out later that a folder is not there.</summary>
    /// <exception cref="RailInputException">There is no such folder.</exception>
    public static string Existing(string model) => LocalModels.Full(model) is var full && (ModelLocation.IsUri(full) || Directory.Exists(full))
        ? full
        : throw new RailInputException($"{model}: no such model folder");
}
