using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;

namespace Serverless.Workflows.Applications;

/// <summary>The one step of both kinds of applications: whatever is to be done now.</summary>
public sealed class AdvanceApplicationActivity(AdvanceApplication advance)
{
    public const string Name = "Applications_Advance";

    [Function(Name)]
    public async Task<Standing<ApplicationState>> RunAsync([ActivityTrigger] Guid application, CancellationToken cancellation) =>
        Standings.Of(await advance.RunAsync(application, cancellation));
}
