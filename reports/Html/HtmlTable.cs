namespace RailCluster.Reports;

/// <summary>A table with a caption and scopes, in a region that a keyboard can scroll.</summary>
/// <param name="Id">Unique in the page.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Heads; the first is that of the rows' heads.</param>
/// <param name="Rows">Cells; the first of each is the row's head.</param>
internal sealed record HtmlTable(string Id, string Caption, IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<Markup>> Rows)
{
    /// <summary>A further class, such as <c>facts</c> for a table of texts.</summary>
    public string Class { get; init; } = "numbers";

    public Markup Render() => Markup.Of(
        $"""
        <div class="scroll" role="region" aria-labelledby="{Id}-caption" tabindex="0">
        <table class="{Class}" id="{Id}">
        <caption id="{Id}-caption">{Caption}</caption>
        <thead><tr>{Columns.Select(column => Markup.Of($"<th scope=\"col\">{column}</th>"))}</tr></thead>
        <tbody>
        {Rows.Select(Row)}</tbody>
        </table>
        </div>

        """);

    /// <summary>A cell of plain text.</summary>
    public static Markup Cell(string text) => Markup.Of($"{text}");

    private static Markup Row(IReadOnlyList<Markup> cells) => Markup.Of(
        $"<tr><th scope=\"row\">{cells[0]}</th>{cells.Skip(1).Select(cell => Markup.Of($"<td>{cell}</td>"))}</tr>\n");
}
