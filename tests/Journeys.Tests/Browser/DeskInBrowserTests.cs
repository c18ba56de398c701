using Microsoft.Playwright;
using Serverless.Testing;
using static Microsoft.Playwright.Assertions;

namespace Serverless.Journeys.Tests.Browser;

/// <summary>The desk's page: staff sign in, see what waits, and decide it; by keyboard, and on a phone.</summary>
[Collection(nameof(OneBrowser))]
public sealed class DeskInBrowserTests(Chromium chromium)
{
    [Fact, Requirement("FX-23")]
    public async Task A_treasurer_signs_in_and_decides_a_request_by_keyboard_and_another_on_a_phone()
    {
        await using var tab = await chromium.OpenAsync();
        await using var bank = await HttpBank.StartAsync();
        await using var scene = await TreasuryScene.OpenAsync(bank);
        var (page, first) = (tab.Page, await scene.AskAsync("20000.00"));

        // The directory asks who one is, and leads back to where one was going.
        await page.GotoAsync($"{bank.Host.BaseAddress}api/desk#/treasury");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sokol Treasurer" }).ClickAsync();
        await Expect(page.GetByText("treasurer-1")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Treasury (1)" })).ToBeVisibleAsync();
        await Expect(page.Locator($"[data-case='{first}']")).ToContainTextAsync("20000.00 EUR");

        // By keyboard alone: j to the case, Enter, d to the decision, the rate, Enter.
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Preferential rate: 20000.00 EUR" })).ToBeFocusedAsync();
        await Expect(page.GetByText("Rate now")).ToBeVisibleAsync();
        await tab.KeepAsync("desk-treasury");
        await page.Keyboard.PressAsync("d");
        await Expect(page.GetByLabel("Rate", new() { Exact = true })).ToBeFocusedAsync();
        await page.GetByLabel("Rate", new() { Exact = true }).FillAsync("9.84");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert).First).Not.ToBeEmptyAsync();
        await page.GetByLabel("Rate", new() { Exact = true }).FillAsync("98.40");
        await page.GetByLabel("Rate", new() { Exact = true }).PressAsync("Enter");
        await Expect(page.GetByText("Done: Confirm a rate.")).ToBeVisibleAsync();
        await Expect(page.Locator(".timeline li").Nth(1)).ToContainTextAsync("treasurer-1");
        Assert.Equal("confirmed 98.40", await scene.StandingAsync(first));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator($"[data-case='{first}']")).ToContainTextAsync("Confirmed");

        // In Albanian, on a phone, with a reason. Nothing scrolls sideways, everything that asks has a name, and it can be read.
        var second = await scene.AskAsync("15000.00", "sell");
        await page.SetViewportSizeAsync(360, 740);
        await page.ReloadAsync();
        await page.GetByLabel("Language").SelectOptionAsync("sq");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Thesari (1)" })).ToBeVisibleAsync();
        await page.Locator($"[data-case='{second}']").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "← Kthehu te lista" })).ToBeVisibleAsync();
        await Expect(page.Locator(".cases")).ToBeHiddenAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The desk scrolls sideways on a phone.");
        Assert.Equal("", await page.EvaluateAsync<string>(Unnamed));
        await tab.KeepAsync("desk-treasury-phone");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Equal("", await page.EvaluateAsync<string>(Faint));
        }

        await page.GetByLabel("Arsyeja").FillAsync("Volumi i tregut");
        await page.GetByRole(AriaRole.Button, new() { Name = "Refuzo" }).ClickAsync();
        await Expect(page.GetByText("U krye: Refuzo.")).ToBeVisibleAsync();
        Assert.Equal("rejected ", await scene.StandingAsync(second));

        // Refused once, on purpose: the console says so. Nothing but the bank and the directory was spoken to.
        Assert.All(tab.Complaints, complaint => Assert.Contains("422", complaint, StringComparison.Ordinal));
        Assert.Equal(new[] { bank.Host.BaseAddress.Authority, bank.Sandbox.BaseAddress!.Authority }.Order(), tab.Hosts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Dil" }).ClickAsync();
        Assert.Null(await page.EvaluateAsync<string?>("sessionStorage.getItem('desk.token')"));
    }

    /// <summary>One proposes, and the page gives that person nothing more to do; another signs in and confirms.</summary>
    [Fact, Requirement("PROD-34")]
    public async Task A_card_is_granted_by_two_of_the_cards_desk()
    {
        await using var tab = await chromium.OpenAsync();
        await using var bank = await HttpBank.StartAsync();
        var (page, (customer, id)) = (tab.Page, await CardScene.AskAsync(bank));
        using var applicant = customer;
        await page.GotoAsync($"{bank.Host.BaseAddress}api/desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Elira Cards" }).ClickAsync();
        await page.Locator($"[data-case='{id}']").ClickAsync();
        await Expect(page.GetByText("Monthly instalments elsewhere")).ToBeVisibleAsync();
        await tab.KeepAsync("desk-cards");
        var approval = page.Locator("form[data-decision='approve']");
        await approval.GetByLabel("Limit").FillAsync("60000.00 ALL");
        await approval.GetByLabel("Reason").FillAsync("A loan elsewhere");
        await approval.GetByRole(AriaRole.Button, new() { Name = "Propose: Approve" }).ClickAsync();
        await Expect(page.GetByText("Proposed: Approve.")).ToBeVisibleAsync();
        await Expect(page.GetByText("You have proposed this; somebody else has to confirm it.")).ToBeVisibleAsync();
        await Expect(page.Locator("form[data-decision]")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Besnik Cards" }).ClickAsync();
        await Expect(page.GetByText("cards-1 proposes: Approve")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm the proposal" }).ClickAsync();
        await Expect(page.GetByText("Done: Confirm the proposal.")).ToBeVisibleAsync();
        await bank.WhenIdleAsync();
        Assert.Equal("lower_limit_offered", await CardScene.StatusAsync(applicant, id));
        tab.AssertQuiet();
    }

    /// <summary>A newcomer whose face the camera was not sure of: two of compliance look at the pictures.</summary>
    [Fact, Requirement("ONB-30")]
    public async Task A_newcomer_is_let_in_by_two_of_compliance_who_have_seen_the_document()
    {
        await using var tab = await chromium.OpenAsync(width: 360, height: 740);
        await using var bank = await HttpBank.StartAsync();
        var page = tab.Page;
        var applicant = await ComplianceScene.HeldAsync(bank);
        await page.GotoAsync($"{bank.Host.BaseAddress}api/desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Anila Compliance" }).ClickAsync();
        await page.Locator("[data-case]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open:" }).First.ClickAsync();
        await Expect(page.Locator(".documents img")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "A case of compliance scrolls sideways on a phone.");
        await tab.KeepAsync("desk-compliance-phone");
        var approval = page.Locator("form[data-decision='approve']");
        await approval.GetByLabel("Reason").FillAsync("Face and document are the same person");
        await approval.GetByRole(AriaRole.Button, new() { Name = "Propose:" }).ClickAsync();
        await Expect(page.GetByText("You have proposed this; somebody else has to confirm it.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Fatos Compliance" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm the proposal" }).ClickAsync();
        await Expect(page.GetByText("Done: Confirm the proposal.")).ToBeVisibleAsync();
        await bank.WhenIdleAsync();
        Assert.Equal("identified", await applicant.StatusAsync());
        tab.AssertQuiet();
    }

    /// <summary>What asks for input and has no name for who cannot see it.</summary>
    private const string Unnamed = """
        [...document.querySelectorAll('input, select, textarea, button')]
          .filter((one) => one.offsetParent && !(one.labels?.length || one.textContent.trim() || one.getAttribute('aria-label')))
          .map((one) => one.outerHTML).join('\n')
        """;

    /// <summary>Text that is less than 4.5 times as bright or dark as what is behind it (WCAG 2.2, 1.4.3).</summary>
    private const string Faint = """
        (() => {
          const parse = (text) => text.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = (one) => { for (; one; one = one.parentElement) { const c = parse(getComputedStyle(one).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
          return [...document.querySelectorAll('body *')]
            .filter((one) => one.offsetParent && !one.disabled && [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
            .map((one) => [one, light(parse(getComputedStyle(one).color)), light(ground(one))])
            .filter(([, a, b]) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5)
            .map(([one]) => one.outerHTML.slice(0, 200)).join('\n');
        })()
        """;
}
