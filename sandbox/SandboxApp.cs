using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Sandbox.Attestations;
using Serverless.Sandbox.BackOffice;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Cards;
using Serverless.Sandbox.CardServer;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.CreditRegistry;
using Serverless.Sandbox.Gateways;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.IdentityDocuments;
using Serverless.Sandbox.Insurers;
using Serverless.Sandbox.Interbank;
using Serverless.Sandbox.Issuer;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Ocr;
using Serverless.Sandbox.Pensions;
using Serverless.Sandbox.Rates;
using Serverless.Sandbox.Remittance;
using Serverless.Sandbox.Sanctions;
using Serverless.Sandbox.Scanner;
using Serverless.Sandbox.Signatures;
using Serverless.Sandbox.StartPage;
using Serverless.Sandbox.VideoIdentification;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox;

/// <summary>Every outside party the bank talks to, as one HTTP service; docs/partners.md is what it keeps to.</summary>
/// <remarks>
/// Settings: <c>port</c> (7080; 0 takes a free one), <c>Bank:WebhookBaseUrl</c>, <c>Bank:WebhookSecrets:{partner}</c>,
/// <c>Keys:{party}</c>, <c>Issuer:Url</c>, <c>Issuer:KeyFile</c>. All state is in memory.
/// </remarks>
public static class SandboxApp
{
    public const int UsualPort = 7080;

    /// <summary>Builds the sandbox; the caller starts it, so a test can run it on a free port of its own.</summary>
    /// <param name="configure">Runs last: may replace the <see cref="TimeProvider"/> or set settings.</param>
    /// <exception cref="InvalidOperationException">The port or the key file is unusable; the message says how.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // No file watchers: a test run starts many sandboxes, and the system's number of watchers is limited.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            ApplicationName = typeof(SandboxApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (builder.Configuration["urls"] is null)
        {
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port(builder.Configuration)}"));
        }

        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Calls that hang on purpose and open inbox streams end with the sandbox.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.Services.AddSandboxClock();
        builder.Services.AddKnobs();
        builder.Services.AddWebhooks();
        builder.Services.AddBillers();
        builder.Services.AddGateways();
        builder.Services.AddIssuer();
        builder.Services.AddInterbank();
        builder.Services.AddRemittance();
        builder.Services.AddPensions();
        builder.Services.AddInsurers();
        builder.Services.AddIdentityDocuments();
        builder.Services.AddCards();
        builder.Services.AddCardServer();
        builder.Services.AddVideoIdentification();
        builder.Services.AddSanctions();
        builder.Services.AddRates();
        builder.Services.AddCreditRegistry();
        builder.Services.AddSignatures();
        builder.Services.AddBackOffice();
        configure?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);

        var app = builder.Build();
        app.UseMiddleware<SandboxGuard>();
        app.MapStartPage();
        app.MapClock();
        app.MapKnobs();
        app.MapBillers();
        app.MapGateways();
        app.MapInbox();
        app.MapIssuer();
        app.MapInterbank();
        app.MapRemittance();
        app.MapPensions();
        app.MapInsurers();
        app.MapOcr();
        app.MapIdentityDocuments();
        app.MapAttestations();
        app.MapCards();
        app.MapCardServer();
        app.MapScanner();
        app.MapRates();
        app.MapVideoIdentification();
        app.MapSanctions();
        app.MapCreditRegistry();
        app.MapSignatures();
        app.MapBackOffice();
        // Last: an unusable secret of any party stops the start.
        app.MapWebhooks();
        app.MapReset();
        return app;
    }

    private static int Port(IConfiguration settings) => settings["port"] switch
    {
        null => UsualPort,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 => port,
        var text => throw new InvalidOperationException($"The port '{text}' is not a number from 0 to 65535."),
    };

    private static void MapReset(this WebApplication app) => app.MapPost("/reset", (
        SandboxClock clock, Schedule schedule, Parties parties, WebhookSender webhooks, BillerCatalogue billers, Inbox inbox,
        InterbankNetwork network, Remitter remitter, PensionManagers pensions, InsurerCatalogue insurers, CardProcessor cards, CardServerBooks cardServer, RatesFeed rates,
        VideoIdentifier video, SanctionsList sanctions, CardOrderBooks cardOrders, InstalmentBooks instalments, CreditRegister credits, SignatureService signatures, BackOfficeHooks backOffice) =>
    {
        schedule.Clear();
        clock.Reset();
        parties.Reset();
        webhooks.Reset();
        billers.Reset();
        inbox.Reset();
        network.Reset();
        remitter.Reset();
        pensions.Reset();
        insurers.Reset();
        cards.Reset();
        cardServer.Reset();
        video.Reset();
        sanctions.Reset();
        rates.Reset();
        cardOrders.Reset();
        instalments.Reset();
        credits.Reset();
        signatures.Reset();
        backOffice.Reset();
        return TypedResults.NoContent();
    });
}
