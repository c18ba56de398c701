namespace Serverless.Journeys.Tests.Browser;

/// <summary>All pages are looked at with one browser, when banks are no longer killed and broken beside it: a page's script takes seconds of a core of its own.</summary>
[CollectionDefinition(nameof(OneBrowser), DisableParallelization = true)]
public sealed class OneBrowser : ICollectionFixture<Chromium>;
