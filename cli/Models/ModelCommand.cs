using System.CommandLine;

namespace RailCluster.Cli;

/// <summary><c>rail model inspect DIR</c>.</summary>
internal static class ModelCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("dir") { Description = "A model folder, or its URI." };
        var adapter = LocalModels.Adapter();
        var format = CommandExtensions.Format();
        var inspect = new Command("inspect", "Shows what a model folder holds: layout, fingerprint, tokenizer, template, adapter, canaries. Example: rail model inspect demo/models/base") { folder, adapter, format }
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                var description = await LocalModels.Store().DescribeAsync(LocalModels.Reference(parsed.GetValue(folder)!, parsed.GetValue(adapter)), cancellationToken);
                ModelView.Write(terminal, description, parsed.GetValue(format) == "json");
                return description.Canaries.Passed ? ExitCodes.Done : ExitCodes.Inconclusive;
            });
        return new Command("model", "Looks at models.") { inspect };
    }
}
