using System.CommandLine;
using System.Text.Json;

namespace RailCluster.Cli;

/// <summary><c>rail tokenize</c>: a JSON array of ids for every line of standard input.</summary>
internal static class TokenizeCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = CommandExtensions.Required<string>("--model", "A model folder, or its URI.");
        var noSpecial = new Option<bool>("--no-special") { Description = "Adds no beginning or end token." };
        return new Command("tokenize", "Turns lines of standard input into token ids. Example: echo hello | rail tokenize --model demo/models/base") { model, noSpecial }
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                var tokenizer = await LocalModels.Store().LoadTokenizerAsync(LocalModels.Full(parsed.GetValue(model)!), cancellationToken);
                while (await terminal.In.ReadLineAsync(cancellationToken) is { } line)
                    await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(tokenizer.Encode(line, !parsed.GetValue(noSpecial))));
                return ExitCodes.Done;
            });
    }
}
