using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Storage;

namespace Serverless.Banking.PublicChats;

public static class PublicChatsSetup
{
    /// <summary>Conversations from the public pages. The app binds <see cref="PublicChatsOptions"/> and adds credentials and rate limits.</summary>
    public static IServiceCollection AddPublicChats(this IServiceCollection services)
    {
        services.AddTable(ChatTable.Name).AddAudit();
        services.AddCheckedOptions<PublicChatsOptions>();
        services.AddSingleton<ChatTable>().AddSingleton<ChatLimits>().AddSingleton<ChatWriting>();
        services.AddOperation<StartChat>().AddOperation<ReadChat>().AddOperation<WriteChat>();
        return services.AddOperation<ListChats>().AddOperation<AnswerChat>().AddOperation<CloseChat>().AddOperation<EraseChats>();
    }
}
