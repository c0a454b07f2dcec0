// what only the other kind of driver needs
if (request.properties.getProperty('driver') != 'own') {
    def folder = new File(request.outputDirectory, request.artifactId)
    def path = request.properties.getProperty('package').replace('.', '/')
    ['src/main/java/' + path + '/OwnDriver.java',
     'src/main/java/' + path + '/OwnDriverFactory.java',
     'src/test/java/' + path + '/OwnDriverFactoryTest.java'].each { file ->
        assert new File(folder, file).delete()
    }
}
