using RailCluster.Evaluation;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary>Where a command reads and writes.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Data.</param>
/// <param name="Error">Everything for a person while the command works.</param>
/// <param name="Interactive">Whether a person looks: a pipe gets no progress and no colours.</param>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, bool Interactive)
{
    private const int PipeWidth = 140;

    public static Terminal System { get; } = new(Console.In, Console.Out, Console.Error, !Console.IsErrorRedirected && !Console.IsOutputRedirected);

    /// <summary>A console for tables on standard output.</summary>
    public IAnsiConsole Tables()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Out),
            Ansi = Interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = Interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!Interactive) console.Profile.Width = PipeWidth;
        return console;
    }

    /// <summary>Text of a model or user for a table: control characters made visible, markup escaped, long text cut.</summary>
    public static string Safe(string text, int longest = 200) => Markup.Escape(SafeText.Line(text, longest));
}
