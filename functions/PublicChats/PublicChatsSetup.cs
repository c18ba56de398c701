using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.PublicChats;
using Serverless.Functions.Http;

namespace Serverless.Functions.PublicChats;

public static class PublicChatsSetup
{
    public static IServiceCollection AddPublicChats(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<PublicChatsOptions>(configuration, "PublicChats").AddPublicChats();
}
