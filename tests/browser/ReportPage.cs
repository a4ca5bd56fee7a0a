using Microsoft.Playwright;
using RailCluster.Reports;

namespace RailCluster.Browser.Tests;

/// <summary>A report opened from a file, with all that it says and asks for.</summary>
internal sealed class ReportPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _file;

    private ReportPage(IBrowserContext context, IPage page, string file) => (_context, Page, _file) = (context, page, file);

    public IPage Page { get; }

    /// <summary>Errors on the console and of the page.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Everything that was asked for, the page itself included.</summary>
    public List<string> Requests { get; } = [];

    public string Address => new Uri(_file).AbsoluteUri;

    public static async Task<ReportPage> OpenAsync(IBrowser browser, VerdictReport report, ColorScheme scheme = ColorScheme.Light, int width = 1200)
    {
        var file = Path.Combine(Path.GetTempPath(), $"rail-report-{Guid.NewGuid():n}.html");
        await File.WriteAllTextAsync(file, HtmlReport.Render(report));
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 900 } });
        var opened = new ReportPage(context, await context.NewPageAsync(), file);
        opened.Page.Console += (_, message) =>
        {
            if (message.Type == "error") opened.Complaints.Add(message.Text);
        };
        opened.Page.PageError += (_, error) => opened.Complaints.Add(error);
        opened.Page.Request += (_, request) => opened.Requests.Add(request.Url);
        await opened.Page.GotoAsync(opened.Address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        File.Delete(_file);
    }
}
