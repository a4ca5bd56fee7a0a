using System.CommandLine;

namespace RailCluster.Benchmarks;

/// <summary>The commands that measure what verdicts rest on.</summary>
internal static class VerdictCommands
{
    public static Command Merge()
    {
        var shards = new Option<int>("--shards") { Description = "Summaries merged.", DefaultValueFactory = _ => 1000 };
        var prompts = new Option<int>("--prompts") { Description = "Prompts in all of them.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("merge", "Measures how fast the summaries of a large suite merge.") { shards, prompts };
        command.SetAction(parsed =>
        {
            foreach (Figure figure in MergeFigures.Measure(parsed.GetValue(shards), parsed.GetValue(prompts)))
                Console.WriteLine(figure.Line());
        });
        return command;
    }
}
