using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(RailCluster.Browser.Tests.Chromium))]

namespace RailCluster.Browser.Tests;

/// <summary>
/// The machine's own Chromium, without a window, for as long as the tests run. Where it is missing, tests that need it are skipped; they fail instead where
/// RAIL_REQUIRE_ALL=1.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _failure;

    /// <summary>The browser; skips the test where there is none.</summary>
    public IBrowser Require()
    {
        if (_browser is { } browser) return browser;
        var reason = $"no Chromium ({_failure}): install the package 'chromium'";
        if (Environment.GetEnvironmentVariable("RAIL_REQUIRE_ALL") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
        throw new InvalidOperationException(reason);
    }

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } program)
        {
            _failure = "it is not installed";
            return;
        }

        try
        {
            _playwright = await Playwright.CreateAsync();
            // Containers have no user namespaces for its sandbox; the page is ours, and runs no script.
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"] });
        }
        catch (Exception exception) when (exception is PlaywrightException or IOException or TimeoutException or System.ComponentModel.Win32Exception)
        {
            _failure = exception.Message.ReplaceLineEndings(" ");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
