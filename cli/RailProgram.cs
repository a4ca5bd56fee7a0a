using System.CommandLine;
using System.CommandLine.Parsing;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>The <c>rail</c> command.</summary>
internal static class RailProgram
{
    private const int LongestFault = 1_000;

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        // A value that begins with @ is a value, not a file of arguments.
        var parsed = Root(terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            await terminal.Error.WriteLineAsync($"rail: {SafeText.Line(Fault(parsed), LongestFault)} ('{Called(parsed)} --help' shows the usage)");
            return ExitCodes.BadInput;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false }, cancellationToken);
    }

    private static RootCommand Root(Terminal terminal) => new("Tells a lab, checkpoint by checkpoint, whether fine-tuning has cost a model its safety.")
    {
        DemoCommand.Create(terminal),
        ServeCommand.Create(terminal),
        SuiteCommand.Create(terminal),
        ModelCommand.Create(terminal),
        TokenizeCommand.Create(terminal),
        GenerateCommand.Create(terminal),
        ScoreCommand.Create(terminal),
        EvalCommand.Create(terminal),
        CompareCommand.Create(terminal),
        GateCommand.Create(terminal),
        VerdictCommand.Create(terminal),
        RunCommand.Create(terminal),
    };

    private static string Fault(ParseResult parsed) => parsed.UnmatchedTokens is [var token, ..]
        ? $"'{token}' is no command, option or argument here"
        : string.Join(' ', parsed.Errors.Select(Fault).Distinct());

    // The library would speak of types of .NET.
    private static string Fault(ParseError error) => error.SymbolResult is OptionResult { Tokens: [var token] } result && Kind(result.Option.ValueType) is { } kind
        ? $"{result.Option.Name} {token.Value}: is no {kind}"
        : error.Message;

    private static string? Kind(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Double => "number",
        TypeCode.Int32 or TypeCode.Int64 => "whole number that fits",
        _ => null,
    };

    private static string Called(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
            names.Insert(0, command.Command is RootCommand ? "rail" : command.Command.Name);
        return string.Join(' ', names);
    }
}
