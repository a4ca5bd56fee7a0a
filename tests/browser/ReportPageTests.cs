using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using RailCluster.Reports.Tests;

namespace RailCluster.Browser.Tests;

public sealed class ReportPageTests(Chromium chromium)
{
    [Fact]
    public async Task Open_HostileReport_AsksForNothingAndSaysNothing()
    {
        await using var opened = await ReportPage.OpenAsync(chromium.Require(), RichSample.Report());
        Assert.Empty(opened.Complaints);
        Assert.Equal([opened.Address], opened.Requests);
        Assert.StartsWith("Block: helper-7b", await opened.Page.TitleAsync());
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1200)]
    [InlineData(ColorScheme.Dark, 1200)]
    [InlineData(ColorScheme.Light, 400)]
    public async Task Open_Page_HasNoAccessibilityViolation(ColorScheme scheme, int width)
    {
        await using var opened = await ReportPage.OpenAsync(chromium.Require(), RichSample.Report(), scheme, width);
        await OpenDetails(opened.Page);
        var result = await opened.Page.RunAxe();
        Assert.True(result.Passes.Length > 20, $"only {result.Passes.Length} rules were checked");
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
    }

    [Fact]
    public async Task Open_HostileAnswers_StandAsText()
    {
        await using var opened = await ReportPage.OpenAsync(chromium.Require(), RichSample.Report());
        Assert.Equal(0, await opened.Page.Locator("script, img, iframe, object, main style, [onerror]").CountAsync());
        var answer = await opened.Page.Locator(".checkpoint-side .answer", new PageLocatorOptions { HasText = "document.title" }).First.InnerTextAsync();
        Assert.Contains("</div></main><script>document.title='taken'</script><img src=x onerror=\"alert(1)\">", answer);
        Assert.DoesNotContain('\u202E', answer);
        Assert.Contains("cut here; 22,500 characters in all", await opened.Page.Locator("main").InnerTextAsync());
    }

    [Fact]
    public async Task Tab_FromTheTop_ReachesEveryRegionThatScrolls()
    {
        await using var opened = await ReportPage.OpenAsync(chromium.Require(), RichSample.Report(), width: 400);
        await OpenDetails(opened.Page);
        var scrolling = await opened.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('main *')].filter(e => (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'auto')"
            + " || (e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY === 'auto')).map(e => e.dataset.wanted = '1').length");
        Assert.True(scrolling > 8, $"only {scrolling} regions scroll");
        await opened.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("To the verdict", await opened.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        for (var press = 0; press < 200; press++)
        {
            await opened.Page.EvaluateAsync("document.activeElement && (document.activeElement.dataset.reached = '1')");
            await opened.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal(0, await opened.Page.Locator("[data-wanted]:not([data-reached])").CountAsync());
    }

    [Fact]
    public async Task Open_NarrowScreen_ScrollsNothingSideways()
    {
        await using var opened = await ReportPage.OpenAsync(chromium.Require(), RichSample.Report(), width: 400);
        Assert.True(await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 400);
    }

    [Fact]
    public async Task Print_Page_ShowsEverythingOnWhite()
    {
        await using var opened = await ReportPage.OpenAsync(chromium.Require(), RichSample.Report(), ColorScheme.Dark);
        await opened.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.False(await opened.Page.Locator("nav").IsVisibleAsync());
        Assert.True(await opened.Page.Locator("details:not([open]) table").First.IsVisibleAsync());
        Assert.True((await opened.Page.PdfAsync()).Length > 10_000);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Open_Pictures_HaveNoTextOutsideThemselvesAndNoneOnAnother(ColorScheme scheme)
    {
        await using var opened = await ReportPage.OpenAsync(chromium.Require(), RichSample.Report(), scheme);
        Assert.Equal(4, await opened.Page.Locator("svg").CountAsync());
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('svg')].flatMap(svg => {
              const own = svg.viewBox.baseVal, boxes = [...svg.querySelectorAll('text')].map(text => ({ words: text.textContent, box: text.getBBox() }));
              const outside = boxes.filter(({ box }) => box.x < -0.5 || box.y < -0.5 || box.x + box.width > own.width + 0.5 || box.y + box.height > own.height + 0.5).map(one => 'outside: ' + one.words);
              const over = boxes.flatMap((one, i) => boxes.slice(i + 1).filter(({ box }) => box.x < one.box.x + one.box.width - 1 && one.box.x < box.x + box.width - 1
                && box.y < one.box.y + one.box.height - 4 && one.box.y < box.y + box.height - 4).map(other => one.words + ' over ' + other.words));
              return [...outside, ...over];
            })
            """));
    }

    private static async Task OpenDetails(IPage page) => await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
}
